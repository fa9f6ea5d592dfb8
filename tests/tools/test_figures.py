"""What each figure draws: panels, captions, colour scales and the very pixels; and how figures are saved."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from tools import figures
from tools.figures_panels import near_square

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (20, 28, 28)).astype(np.uint8)
CLASSES = np.arange(20) % 10
MATRIX = np.diag([50] * 10)
MATRIX[3, 5] = 7


def drawn(axes):
    """The one picture in a panel."""
    (picture,) = axes.get_images()
    return np.asarray(picture.get_array())


def limits(axes):
    return axes.get_images()[0].get_clim()


def captions_above(figure, count):
    return [axes.get_title() for axes in figure.axes[:count]]


def captions_below(figure):
    return [axes.get_xlabel() for axes in figure.axes]


def shape_of_grid(figure, count):
    """Rows and columns, from where the panels stand."""
    corners = [axes.get_position() for axes in figure.axes[:count]]
    return len({round(c.y0, 6) for c in corners}), len({round(c.x0, 6) for c in corners})


def assert_one_symmetric_scale(figure, count, limit):
    """All panels share -limit..limit, red for positive; the last axes are the colour bar over just that."""
    assert {limits(axes) for axes in figure.axes[:count]} == {(-limit, limit)}
    assert {axes.get_images()[0].get_cmap().name for axes in figure.axes[:count]} == {'seismic'}
    assert len(figure.axes) == count + 1
    bar = figure.axes[count]
    assert bar.get_ylim() == (-limit, limit)
    assert bar.get_ylabel() == 'weight'


@pytest.mark.parametrize(('rows', 'cols'), [(3, 3), (4, 4), (2, 5)])
def test_an_image_grid_draws_the_first_images_in_reading_order(rows, cols):
    figure = figures.image_grid(IMAGES, rows, cols)
    assert len(figure.axes) == rows * cols
    assert shape_of_grid(figure, rows * cols) == (rows, cols)
    for axes, image in zip(figure.axes, IMAGES, strict=False):
        np.testing.assert_array_equal(drawn(axes), image)
    assert captions_below(figure) == [''] * (rows * cols)
    assert len({limits(axes) for axes in figure.axes}) == 1


def test_an_image_grid_writes_true_and_predicted_classes_under_the_images():
    predicted = (CLASSES + 3) % 10
    both = figures.image_grid(IMAGES, 3, 3, true=CLASSES, predicted=predicted)
    assert captions_below(both)[:2] == ['True: 0, Pred: 3', 'True: 1, Pred: 4']
    assert captions_below(both)[8] == 'True: 8, Pred: 1'
    assert captions_below(figures.image_grid(IMAGES, 1, 2, true=CLASSES)) == ['True: 0', 'True: 1']
    assert captions_below(figures.image_grid(IMAGES, 1, 2, predicted=predicted)) == ['Pred: 3', 'Pred: 4']


@pytest.mark.parametrize('side', [28, 40])
def test_flattened_images_and_images_with_a_channel_axis_look_like_square_ones(side):
    images = RNG.random((9, side, side)).astype(np.float32)
    for given in (images, images[..., np.newaxis], images.reshape(9, side * side)):
        for axes, image in zip(figures.image_grid(given, 3, 3).axes, images, strict=True):
            np.testing.assert_array_equal(drawn(axes), image)


def test_fewer_images_than_places_leave_places_free():
    figure = figures.image_grid(IMAGES[:4], 3, 3, true=CLASSES[:4], title='Errors')
    assert len(figure.axes) == 4
    assert [text.get_text() for text in figure.texts] == ['Errors']


def test_a_digit_is_one_image_without_ticks():
    for image in (IMAGES[7], IMAGES[7].reshape(784), IMAGES[7][..., np.newaxis]):
        (axes,) = figures.digit(image).axes
        np.testing.assert_array_equal(drawn(axes), IMAGES[7])
        assert (list(axes.get_xticks()), list(axes.get_yticks())) == ([], [])


@pytest.mark.parametrize('side', [28, 40])
def test_weight_maps_are_the_columns_of_the_kernel_two_rows_of_five(side):
    kernel = RNG.standard_normal((side * side, 10)).astype(np.float32)
    kernel[3, 4] = -9
    figure = figures.weight_maps(kernel)
    assert shape_of_grid(figure, 10) == (2, 5)
    assert captions_above(figure, 10) == list('0123456789')
    for label in range(10):
        np.testing.assert_array_equal(drawn(figure.axes[label]), kernel[:, label].reshape(side, side))
    assert_one_symmetric_scale(figure, 10, 9.0)


def test_weights_that_are_all_zero_still_have_a_scale():
    assert_one_symmetric_scale(figures.weight_maps(np.zeros((784, 10))), 10, 1.0)


def test_positive_weights_are_red_and_negative_ones_blue():
    axes = figures.weight_maps(np.array([[1.0], [-1.0], [0.0], [0.0]])).axes[0]
    colours = axes.get_images()[0].to_rgba(drawn(axes))[..., :3]
    red, blue = colours[0, 0], colours[0, 1]
    assert red[0] > 0.4
    assert red[1:].tolist() == [0, 0]
    assert blue[2] > 0.2
    assert blue[:2].tolist() == [0, 0]
    assert (colours[1] > 0.98).all()


def test_32_activation_maps_and_the_image_make_a_6x6_grid():
    activations = RNG.random((40, 40, 32)).astype(np.float32)
    image = RNG.random(1600)
    figure = figures.activation_maps(activations, image)
    assert len(figure.axes) == 34
    assert shape_of_grid(figure, 33) == (6, 6)
    assert captions_above(figure, 33) == [str(channel) for channel in range(32)] + ['image']
    for channel in range(32):
        np.testing.assert_array_equal(drawn(figure.axes[channel]), activations[:, :, channel])
    np.testing.assert_array_equal(drawn(figure.axes[32]), image.reshape(40, 40))
    assert {limits(axes) for axes in figure.axes[:32]} == {(float(activations.min()), float(activations.max()))}
    assert figure.axes[33].get_ylabel() == 'activation'


@pytest.mark.parametrize(('filters', 'grid'), [(16, (4, 4)), (25, (5, 5)), (36, (6, 6)), (3, (1, 3)), (32, (4, 8))])
def test_a_filter_grid_draws_every_filter_of_the_chosen_input_channel(filters, grid):
    weights = RNG.standard_normal((5, 5, 4, filters))
    weights[0, 0, 3, 0] = 11  # the scale spans all input channels
    figure = figures.filter_grid(weights, input_channel=1)
    assert shape_of_grid(figure, filters) == grid
    for index in range(filters):
        np.testing.assert_array_equal(drawn(figure.axes[index]), weights[:, :, 1, index])
    assert_one_symmetric_scale(figure, filters, 11.0)


def test_a_filter_grid_can_stop_after_the_first_filters():
    weights = RNG.standard_normal((12, 12, 1, 64))
    figure = figures.filter_grid(weights, count=25)
    assert shape_of_grid(figure, 25) == (5, 5)
    assert captions_above(figure, 25) == [str(index) for index in range(25)]
    assert len(figures.filter_grid(weights, count=3).axes) == 4


@pytest.mark.parametrize(('count', 'panels'), [(None, 16), (3, 3)])
def test_layer_outputs_draw_each_channel_on_one_scale(count, panels):
    outputs = RNG.standard_normal((14, 14, 16)).astype(np.float32)
    figure = figures.layer_outputs(outputs, count=count)
    assert len(figure.axes) == panels + 1
    assert captions_above(figure, panels) == [str(channel) for channel in range(panels)]
    for channel in range(panels):
        np.testing.assert_array_equal(drawn(figure.axes[channel]), outputs[:, :, channel])
    low, high = float(outputs[..., :panels].min()), float(outputs[..., :panels].max())
    assert {limits(axes) for axes in figure.axes[:panels]} == {(low, high)}


def test_outputs_that_are_all_equal_still_have_a_scale():
    assert limits(figures.layer_outputs(np.full((2, 2, 1), 3.0)).axes[0]) == (3.0, 4.0)


def test_patch_rows_show_each_filter_beside_its_patches():
    weights = RNG.standard_normal((12, 12, 1, 25))
    patches = RNG.integers(0, 256, (5, 12, 12, 12)).astype(np.uint8)
    figure = figures.patch_rows(weights, patches)
    assert len(figure.axes) == 5 * 13 + 1
    assert shape_of_grid(figure, 65) == (5, 13)
    assert captions_above(figure, 13) == ['weights', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']
    for row in range(5):
        assert figure.axes[row * 13].get_ylabel() == f'filter {row}'
        np.testing.assert_array_equal(drawn(figure.axes[row * 13]), weights[:, :, 0, row])
        for rank in range(12):
            np.testing.assert_array_equal(drawn(figure.axes[row * 13 + 1 + rank]), patches[row, rank])
    limit = float(np.abs(weights).max())
    assert {limits(axes) for axes in figure.axes[:65:13]} == {(-limit, limit)}
    assert figure.axes[65].get_ylim() == (-limit, limit)


def test_the_confusion_figure_shows_every_count_with_true_classes_in_rows():
    figure = figures.confusion_figure(MATRIX, title='Test set')
    axes, bar = figure.axes
    np.testing.assert_array_equal(drawn(axes), MATRIX)
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_title()) == ('Predicted', 'True', 'Test set')
    assert list(axes.get_xticks()) == list(axes.get_yticks()) == list(range(10))
    assert bar.get_ylabel() == 'Examples'
    assert limits(axes) == (0, 50)
    texts = {text.get_position(): text.get_text() for text in axes.texts}
    assert len(texts) == 100
    assert texts[5, 3] == '7'  # x is the predicted class
    assert texts[3, 5] == '0'
    assert texts[9, 9] == '50'


def test_a_learning_curve_has_a_labelled_line_per_series():
    steps, training, test = [0, 100, 200], [0.1, 0.8, 0.9], [0.1356, 0.7722, 0.8963]
    figure = figures.learning_curve(steps, {'training': training, 'test': test}, title='Patch CNN')
    (axes,) = figure.axes
    assert [line.get_label() for line in axes.lines] == ['training', 'test']
    assert [line.get_ydata().tolist() for line in axes.lines] == [training, test]
    assert axes.lines[0].get_xdata().tolist() == steps
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ['training', 'test']
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_title()) == ('Step', 'Accuracy', 'Patch CNN')
    losses = figures.learning_curve([1, 2], {'training': [2.0, 1.0]}, xlabel='Epoch', ylabel='Loss').axes[0]
    assert (losses.get_xlabel(), losses.get_ylabel()) == ('Epoch', 'Loss')


def test_panels_form_a_square_or_a_full_rectangle():
    assert [near_square(count) for count in (1, 3, 5, 7, 16, 25, 32, 33, 64, 128)] == [
        *[(1, 1), (1, 3), (1, 5), (3, 3), (4, 4), (5, 5), (4, 8), (6, 6), (8, 8), (8, 16)]
    ]


EVERY_FIGURE = {
    'image_grid': lambda: figures.image_grid(IMAGES, 3, 3, true=CLASSES, predicted=CLASSES, title='Images'),
    'digit': lambda: figures.digit(IMAGES[0]),
    'weight_maps': lambda: figures.weight_maps(RNG.standard_normal((784, 10)), title='Weights'),
    'activation_maps': lambda: figures.activation_maps(RNG.random((28, 28, 32)), IMAGES[0]),
    'layer_outputs': lambda: figures.layer_outputs(RNG.random((14, 14, 36))),
    'filter_grid': lambda: figures.filter_grid(RNG.standard_normal((5, 5, 16, 36))),
    'patch_rows': lambda: figures.patch_rows(RNG.standard_normal((12, 12, 1, 5)), RNG.random((5, 12, 12, 12))),
    'confusion_figure': lambda: figures.confusion_figure(MATRIX, title='Test set'),
    'learning_curve': lambda: figures.learning_curve([0, 1], {'test': [0.1, 0.9]}, title='Accuracy'),
}


@pytest.mark.parametrize('name', EVERY_FIGURE)
def test_every_figure_saves_as_png_with_all_its_text_inside_and_no_panel_on_another(name, tmp_path):
    figure = EVERY_FIGURE[name]()
    path = tmp_path / f'{name}.png'
    figures.save(figure, path)
    png = path.read_bytes()
    width, height = struct.unpack('>II', png[16:24])
    assert png[:8] == b'\x89PNG\r\n\x1a\n'
    assert (width, height) == pytest.approx(tuple(figure.get_size_inches() * 150), abs=1)
    bounds = figure.bbox
    boxes = [axes.get_tightbbox() for axes in figure.axes] + [text.get_window_extent() for text in figure.texts]
    for index, box in enumerate(boxes):
        assert box.x0 >= bounds.x0
        assert box.y0 >= bounds.y0
        assert box.x1 <= bounds.x1
        assert box.y1 <= bounds.y1
        assert box.count_overlaps(boxes[index + 1 :]) == 0


def test_a_3x3_grid_with_captions_has_its_size_in_pixels(tmp_path):
    # 3 panels of 1.2 inches, 2 gaps of 0.08, 2 margins of 0.12; and 3 captions of 0.2 in height: 4.0 x 4.6 inches.
    figures.save(figures.image_grid(IMAGES, 3, 3, true=CLASSES), tmp_path / 'grid.png')
    assert struct.unpack('>II', (tmp_path / 'grid.png').read_bytes()[16:24]) == (600, 690)


def test_saving_makes_folders_replaces_the_old_file_and_leaves_nothing_else(tmp_path):
    path = tmp_path / 'figures' / 'deep' / 'digit.PNG'
    figures.save(figures.digit(IMAGES[0]), path)
    before = path.read_bytes()
    figures.save(figures.digit(IMAGES[1]), str(path))
    assert path.read_bytes() != before
    assert os.listdir(path.parent) == ['digit.PNG']


def test_a_failed_save_names_the_path_and_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / 'digit.png'
    path.write_bytes(b'old')

    def refuse(*_):
        raise OSError(28, 'No space left on device')

    monkeypatch.setattr(os, 'replace', refuse)
    with pytest.raises(
        OSError, match='^cannot write the figure .*digit.png.: No space left on device; choose another path[.]$'
    ):
        figures.save(figures.digit(IMAGES[0]), path)
    assert path.read_bytes() == b'old'
    assert os.listdir(tmp_path) == ['digit.png']


def test_saving_below_a_file_or_onto_a_folder_names_the_path(tmp_path):
    (tmp_path / 'file').write_text('')
    (tmp_path / 'folder.png').mkdir()
    reasons = {
        tmp_path / 'file' / 'a.png': f'{tmp_path / "file"} is not a folder',
        tmp_path / 'file' / 'b' / 'a.png': 'Not a directory',
        tmp_path / 'folder.png': 'Is a directory',
    }
    for path, reason in reasons.items():
        with pytest.raises(OSError, match='cannot write the figure') as error:
            figures.save(figures.digit(IMAGES[0]), path)
        assert str(error.value) == f'cannot write the figure {str(path)!r}: {reason}; choose another path.'
    assert sorted(os.listdir(tmp_path)) == ['file', 'folder.png']


def test_figures_do_not_load_pyplot_and_need_no_display(tmp_path):
    script = (
        'import sys, numpy; from tools import figures; '
        f'figures.save(figures.digit(numpy.eye(28)), {str(tmp_path / "digit.png")!r}); '
        "print('matplotlib.pyplot' in sys.modules)"
    )
    environment = {name: value for name, value in os.environ.items() if name not in ('DISPLAY', 'MPLBACKEND')}
    root = Path(figures.__file__).parents[1]
    result = subprocess.run(
        [sys.executable, '-W', 'error', '-c', script],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == 'False\n'


NAN = np.full((28, 28, 1), np.nan)


@pytest.mark.parametrize(
    ('call', 'message'),
    [
        (lambda: figures.image_grid(IMAGES, 0, 3), 'rows and cols must be > 0, got 0 and 3.'),
        (lambda: figures.image_grid(IMAGES[:0], 3, 3), 'images must not be empty, got shape (0, 28, 28).'),
        (
            lambda: figures.image_grid(np.zeros((2, 28, 28, 3)), 1, 1),
            'images must have shape [n, h, w], [n, h, w, 1] or [n, side * side], got (2, 28, 28, 3).',
        ),
        (
            lambda: figures.image_grid(np.zeros((2, 783)), 1, 1),
            'images must hold square pictures, got 783 pixels each; reshape them.',
        ),
        (
            lambda: figures.image_grid(IMAGES, 3, 3, true=CLASSES[:4]),
            'true must have one class per image, got 4 for 20 images; select both with the same indices.',
        ),
        (
            lambda: figures.image_grid(IMAGES, 3, 3, predicted=CLASSES[:4]),
            'predicted must have one class per image, got 4 for 20 images; select both with the same indices.',
        ),
        (
            lambda: figures.digit(NAN),
            'image must be finite, got NaN or infinity; the model that made them has diverged.',
        ),
        (
            lambda: figures.weight_maps(np.zeros((28, 28, 10))),
            'kernel must have shape [side * side, classes], got (28, 28, 10).',
        ),
        (
            lambda: figures.weight_maps(np.zeros((500, 10))),
            'kernel must hold square pictures, got 500 pixels each; reshape them.',
        ),
        (
            lambda: figures.activation_maps(np.zeros((1, 40, 40, 32)), IMAGES[0]),
            'activations must have shape [h, w, c], got (1, 40, 40, 32).',
        ),
        (
            lambda: figures.layer_outputs(np.zeros((4, 4, 8)), count=9),
            'count must be in 1..8, the number of channels, got 9.',
        ),
        (
            lambda: figures.filter_grid(np.zeros((5, 5, 32))),
            'weights must have shape [h, w, c_in, c_out], got (5, 5, 32).',
        ),
        (
            lambda: figures.filter_grid(np.zeros((5, 5, 16, 36)), input_channel=16),
            'input_channel must be in 0..15, got 16.',
        ),
        (
            lambda: figures.patch_rows(np.zeros((12, 12, 1, 4)), np.zeros((5, 12, 12, 12))),
            'patches must have a row per filter at most, got 5 for 4 filters.',
        ),
        (lambda: figures.confusion_figure(np.zeros((9, 10))), 'matrix must have shape [c, c], got (9, 10).'),
        (lambda: figures.learning_curve([1], {}), 'series must hold at least one line, got none.'),
        (
            lambda: figures.learning_curve([1, 2], {'test': [1]}),
            "series 'test' must have one value per step, got (1,) for (2,).",
        ),
        (lambda: figures.save(Figure(), 'a.jpg'), "path must end in .png, got 'a.jpg'."),
    ],
)
def test_a_wrong_argument_is_named_with_its_value(call, message):
    with pytest.raises(ValueError, match='^.*$') as error:
        call()
    assert str(error.value) == message
