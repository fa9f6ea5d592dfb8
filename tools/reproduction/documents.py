"""What the documents published of each system, and how much of its training a quick reproduction does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

TEST, VALIDATION, BATCH = 'test accuracy', 'validation accuracy', 'accuracy on the training batch'
TRAINING_LOSS, TEST_LOSS = 'training loss', 'test loss'


class Point(NamedTuple):
    """A figure that a document printed while it trained."""

    at: int
    """Steps or epochs done, as checkpoints count them."""
    series: str
    """TEST, VALIDATION or TRAINING_LOSS."""
    value: str
    """As printed."""


@dataclass(frozen=True)
class System:
    """A system as its document has it; published figures are strings, with the digits that were printed.

    unit: what `amount` counts, 'steps' or 'epochs'.
    amount: the training that was published.
    quick: the training of a quick reproduction.
    seconds: what one unit takes on two cores of an Intel Xeon with AVX-512, roughly; `timing` makes forecasts of it.
    counted: by how much a unit raises the number of a checkpoint.
    pauses: numbers at which training pauses to be evaluated, for systems that do not evaluate themselves meanwhile.
    """

    label: str
    model: str
    title: str
    about: str
    document: int
    unit: str
    amount: int
    quick: int
    seconds: float
    accuracy: str
    loss: str | None = None
    counted: int = 1
    pauses: tuple[int, ...] = ()
    points: tuple[Point, ...] = ()
    note: str = ''

    @property
    def last(self) -> int:
        """The number of the checkpoint at the end of the published training."""
        return self.amount * self.counted


_TRANSLATED = 'Each 28x28 image is pasted at a random place on a black 40x40 canvas. '
_ANEW = (
    'Training images are pasted anew whenever they come up; pasted once, as the text of the document has it, the '
    'system overfits and stays below what was published.'
)

SYSTEMS = {
    system.model: system
    for system in (
        System(
            label='A1',
            model='linear',
            title='Softmax regression',
            about='One dense layer of 10 units on 28x28 images, as an Estimator; gradient descent 0.5, batches of 100.',
            document=1,
            unit='steps',
            amount=9000,
            quick=9000,
            seconds=0.0009,
            accuracy='0.9212',
            loss='0.2756',
            pauses=(100, 500, 1500, 4500),
        ),
        System(
            label='A2',
            model='linear_translated',
            title='Softmax regression on translated images',
            about=f'{_TRANSLATED}The model is that of A1: a linear one cannot follow a digit that moves.',
            document=1,
            unit='steps',
            amount=5000,
            quick=5000,
            seconds=0.0026,
            accuracy='0.4092',
            loss='1.7241',
            pauses=(100, 500, 1500),
            note=_ANEW,
        ),
        System(
            label='A3',
            model='mlp',
            title='Multi-layer perceptron on translated images',
            about=f'{_TRANSLATED}Dense 500 with relu, dense 10; Adam 0.0001, batches of 50.',
            document=1,
            unit='steps',
            amount=40_000,
            quick=8000,
            seconds=0.0035,
            accuracy='0.9538',
            loss='0.1556',
            pauses=(1000, 4000, 12_000, 20_000, 30_000),
            note=_ANEW,
        ),
        System(
            label='A4',
            model='cnn',
            title='Convolutional network on translated images',
            about=f'{_TRANSLATED}32 filters 5x5, max-pooling, dense 1024, dropout 0.4, dense 10; Adam 0.0001, '
            'batches of 50.',
            document=1,
            unit='steps',
            amount=5302,
            quick=530,
            seconds=0.075,
            accuracy='0.9651',
            loss='0.1173',
            pauses=(100, 1000, 2000, 3500),
            note=_ANEW,
        ),
        System(
            label='B',
            model='patch_cnn',
            title='Patch network',
            about='25 filters 12x12 at stride 2, 64 filters 5x5, max-pooling, dense 1024, dropout 0.5, dense 10, in a '
            'session; Adam 0.0001, batches of 50.',
            document=2,
            unit='steps',
            amount=3000,
            quick=1000,
            seconds=0.022,
            accuracy='0.9794',
            points=(
                Point(0, TEST, '0.1356'),
                Point(100, TEST, '0.7722'),
                Point(200, TEST, '0.8963'),
                Point(1000, TEST, '0.9555'),
                Point(2000, TEST, '0.9739'),
                Point(2900, TEST, '0.9802'),
                Point(3000, TEST, '0.9794'),
            ),
            note='The logits go through relu, as in the document. Each row of patches shows the twelve pieces of test '
            'images that one filter likes best.',
        ),
        System(
            label='C1',
            model='lowlevel_cnn',
            title='Convolutional network, low-level API',
            about='32 and 64 filters 5x5, each with max-pooling, dense 1024, dropout 0.5, dense 10, from variables and '
            'ops; Adam 0.0001, batches of 64, standardised images.',
            document=3,
            unit='epochs',
            amount=20,
            quick=1,
            seconds=12,
            accuracy='0.9931',
            points=(Point(1, VALIDATION, '0.973'), Point(20, VALIDATION, '0.992'), Point(20, TEST, '0.9931')),
        ),
        System(
            label='C2',
            model='layers_cnn',
            title='Convolutional network, layers API',
            about='The network of C1 out of tf.layers, owned by a class.',
            document=3,
            unit='epochs',
            amount=20,
            quick=1,
            seconds=11,
            accuracy='0.9937',
        ),
        System(
            label='D',
            model='ocr_cnn',
            title='OCR network',
            about='16 and 36 filters 5x5, each with max-pooling, dense 128, dense 10, from helper functions; Adam '
            '0.0001, batches of 64.',
            document=4,
            unit='steps',
            amount=10_000,
            quick=1000,
            seconds=0.013,
            accuracy='0.985',
            pauses=(1, 100, 1000, 3000, 6000),
            points=(
                Point(1, TEST, '0.100'),
                Point(100, TEST, '0.740'),
                Point(1000, TEST, '0.927'),
                Point(10_000, TEST, '0.985'),
            ),
            note='After 100 steps seeds lie between 0.57 and 0.75, on TF 1.15 as much as here.',
        ),
        System(
            label='E',
            model='batchnorm_cnn',
            title='Batch-normalised network',
            about="Three convolutions 3x3 of 32, 64 and 128 filters, each normalised by the batch's own moments, dense "
            '128, dense 128, dense 10; Adam 0.005, 240 steps an epoch, batches of 749.',
            document=5,
            unit='epochs',
            amount=2,
            quick=1,
            seconds=38,
            accuracy='0.96',
            counted=240,
            points=(
                Point(240, TRAINING_LOSS, '0.1907'),
                Point(480, TRAINING_LOSS, '0.1805'),
                Point(480, TEST, '0.96'),
            ),
            note='The batches of the document overlap: training sees the first 988 images only.',
        ),
    )
}
CONVOLUTION = 'convolution'
"""System C0, which is not trained: convolutions by hand, compared with the document's worked examples."""
