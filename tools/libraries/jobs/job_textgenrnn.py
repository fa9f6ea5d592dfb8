"""textgenrnn==1.5.0"""

from textgenrnn import textgenrnn

text = textgenrnn().generate(1, temperature=0.2, return_as_list=True, max_gen_length=20)
assert len(text) == 1, text
assert len(text[0]) > 3, text
print('ok: generates with the weights that it ships:', text[0])
