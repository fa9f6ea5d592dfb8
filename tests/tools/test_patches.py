"""The strongest patches per filter, against naive sorting and naive cropping."""

from __future__ import annotations

import numpy as np
import pytest

from tools.patches import TopPatches, crop_patches, merge_top_patches, top_patches


def naive_top(responses, k):
    """Every response of a filter, sorted by value, then by image, row and column."""
    n, h, w, f = responses.shape
    result = []
    for i in range(f):
        every = [(-responses[a, b, c, i], a, b, c) for a in range(n) for b in range(h) for c in range(w)]
        result.append([list(position) for _, *position in sorted(every)[:k]])
    return result


def test_the_largest_responses_come_first_with_their_image_row_and_column():
    responses = np.zeros((2, 2, 3, 2))
    responses[1, 0, 2, 0] = 5
    responses[0, 1, 1, 0] = 7
    responses[1, 1, 0, 1] = 1
    found = top_patches(responses, k=2)
    # Filter 1 has one response over 0; the first of the zeros follows.
    assert found.positions.tolist() == [[[0, 1, 1], [1, 0, 2]], [[1, 1, 0], [0, 0, 0]]]
    assert found.responses.tolist() == [[7, 5], [1, 0]]
    assert found.positions.dtype == np.int64


@pytest.mark.parametrize('seed', range(12))
@pytest.mark.parametrize('distinct', [2, 6, 1000])
def test_top_patches_equal_naive_sorting_with_ties_by_lowest_index(seed, distinct):
    rng = np.random.default_rng(seed)
    n, h, w, f, k = (int(v) for v in rng.integers((1, 1, 1, 1, 1), (6, 6, 6, 5, 15)))
    responses = rng.integers(-1, distinct, (n, h, w, f)).astype(np.float32)
    found = top_patches(responses, k)
    assert found.positions.tolist() == naive_top(responses, k)
    filters = np.arange(f)[:, np.newaxis]
    np.testing.assert_array_equal(responses[(*np.moveaxis(found.positions, -1, 0), filters)], found.responses)


@pytest.mark.parametrize('batch', [1, 2, 3, 7, 50])
@pytest.mark.parametrize('distinct', [2, 1000])
def test_merged_batches_equal_all_images_at_once(batch, distinct):
    responses = np.random.default_rng(batch).integers(0, distinct, (11, 2, 3, 4)).astype(np.float32)
    best = top_patches(responses[:batch], k=8)
    for start in range(batch, 11, batch):
        best = merge_top_patches(best, top_patches(responses[start : start + batch], k=8, first_image=start), k=8)
    wanted = top_patches(responses, k=8)
    np.testing.assert_array_equal(best.positions, wanted.positions)
    np.testing.assert_array_equal(best.responses, wanted.responses)


def test_the_order_of_merging_does_not_matter():
    responses = np.random.default_rng(0).integers(0, 3, (6, 3, 3, 2)).astype(np.float32)
    early, late = top_patches(responses[:3], k=5), top_patches(responses[3:], k=5, first_image=3)
    np.testing.assert_array_equal(
        merge_top_patches(early, late, k=5).positions, merge_top_patches(late, early, k=5).positions
    )


def test_crops_are_the_pixels_under_the_kernel():
    images = np.random.default_rng(0).integers(0, 256, (4, 28, 28)).astype(np.uint8)
    positions = [[[0, 0, 0], [3, 8, 8]], [[2, 1, 5], [1, 4, 0]]]
    crops = crop_patches(images, positions, size=12, stride=2)
    assert crops.shape == (2, 2, 12, 12)
    assert crops.dtype == np.uint8
    np.testing.assert_array_equal(crops[0, 0], images[0, :12, :12])
    np.testing.assert_array_equal(crops[0, 1], images[3, 16:28, 16:28])
    np.testing.assert_array_equal(crops[1, 0], images[2, 2:14, 10:22])
    np.testing.assert_array_equal(crops[1, 1], images[1, 8:20, 0:12])


@pytest.mark.parametrize(
    ('call', 'message'),
    [
        (
            lambda: top_patches(np.zeros((2, 3, 3))),
            'responses must have shape [n, h, w, f] and not be empty, got (2, 3, 3).',
        ),
        (
            lambda: top_patches(np.zeros((0, 3, 3, 1))),
            'responses must have shape [n, h, w, f] and not be empty, got (0, 3, 3, 1).',
        ),
        (
            lambda: top_patches(np.full((1, 1, 1, 1), np.nan)),
            'responses must be numbers, got NaN; the model that made them has diverged.',
        ),
        (
            lambda: top_patches(np.zeros((1, 1, 1, 1), np.uint8)),
            'responses must be floats, got dtype uint8; convert with astype(float).',
        ),
        (lambda: top_patches(np.zeros((1, 1, 1, 1)), k=0), 'k must be > 0, got 0.'),
        (
            lambda: merge_top_patches(top_patches(np.zeros((1, 2, 2, 3))), top_patches(np.zeros((1, 2, 2, 5)))),
            'both must have the same number of filters, got 3 and 5; merge only responses of one convolution.',
        ),
        (
            lambda: merge_top_patches(*[TopPatches(np.zeros((1, 1, 3), int), np.zeros((1, 1)))] * 2, k=-1),
            'k must be > 0, got -1.',
        ),
        (
            lambda: crop_patches(np.zeros((2, 784)), [[0, 0, 0]]),
            'images must have shape [n, h, w], got (2, 784); reshape them.',
        ),
        (
            lambda: crop_patches(np.zeros((2, 28, 28)), [0, 0]),
            'positions must have shape [..., 3] (image, row, column), got (2,).',
        ),
        (
            lambda: crop_patches(np.zeros((2, 28, 28)), [0, 0, 0], size=29),
            'size must be in 1..28, the side of the images, got 29.',
        ),
        (lambda: crop_patches(np.zeros((2, 28, 28)), [0, 0, 0], stride=0), 'stride must be > 0, got 0.'),
        (
            lambda: crop_patches(np.zeros((2, 28, 28)), [[0, 0, 0], [1, 9, 0]]),
            'positions must lie below (2, 9, 9), got (1, 9, 0); '
            'pass the images, size and stride that the responses come from.',
        ),
    ],
)
def test_a_wrong_argument_is_named_with_its_value_and_the_remedy(call, message):
    with pytest.raises(ValueError, match='^.*$') as error:
        call()
    assert str(error.value) == message
