"""mtcnn==0.0.9"""

import skimage.data
from mtcnn.mtcnn import MTCNN

faces = MTCNN().detect_faces(skimage.data.astronaut())
assert len(faces) == 1, faces
assert faces[0]['box'] == [179, 60, 88, 113], faces
print('ok: finds the face in', faces[0]['box'])
