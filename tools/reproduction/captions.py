"""What stands under the pictures of a report, and in which order they come."""

from __future__ import annotations

from tools.reproduction.folder import Result

TABLE = (
    'Accuracy and loss are those on the 10,000 test images. The difference is between figures of the same amount of '
    'training: where a system was trained for a share only, with what its document printed at that point, if it did. '
    'Parameters do not count the slots of optimisers. The time is that of training with the evaluations made meanwhile.'
)
WIDTHS = {'learning_curves': 'wide', 'patches': 'wide', 'weights': 'middle'}
"""How wide a picture is shown: the class of report.css; others are narrow."""
_CAPTIONS = {
    'learning_curves': 'Learning curves. What was published is red: dashed for the end, crosses meanwhile.',
    'training_images': 'First training images.',
    'translated_images': 'The same images, each at its random place.',
    'test_images': 'First test images.',
    'input': 'The test image whose activations are shown.',
    'weights': 'Weights of each class: positive red, negative blue.',
    'filters': 'Filters of the convolution: positive red, negative blue.',
    'activations': 'Activations of the convolution for one test image, which comes last.',
    'patches': 'Filters, and the twelve patches of the test images that each responds to most.',
    'confusion_test': 'Confusion matrix of the test images.',
    'errors_test': 'The first errors among the test images.',
}
_FAMILIES = {'filters_': 'Filters of {}: positive red, negative blue.', 'outputs_': 'Outputs of {} for one test image.'}


def of(name: str) -> str:
    """Returns the caption of a picture by the name of its file, without ending."""
    for start, caption in _FAMILIES.items():
        if name.startswith(start):
            return caption.format(name.removeprefix(start))
    return _CAPTIONS.get(name, f'{name.replace("_", " ").capitalize()}.')


def order(result: Result) -> list[str]:
    """Returns the names of a system's pictures: curves first, then data, what was learned, and how it errs."""
    names = list(_CAPTIONS)
    last = names.index('patches')

    def place(name: str) -> tuple[float, str]:
        return (names.index(name) if name in names else last - 0.5), name

    return sorted(result.figures, key=place)
