from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import numpy as np
import pytest

from graphs import batchnorm_cnn, examples, layers_cnn, lowlevel_cnn, ocr_cnn, patch_cnn
from graphs.training_log import Outputs
from tf1._checkpoint import lookup
from tf1._checkpoint.errors import CheckpointError
from tf1.estimator.hooks.stop_at_signals import Signals

GOLDEN = Path(__file__).parents[1] / 'golden'
SMALL = ocr_cnn.HParams(num_filters1=2, num_filters2=3, fc_size=4, batch_size=8)


@pytest.fixture(scope='module')
def trained(tmp_path_factory, small):
    """A directory with a small OCR network's checkpoints 2, 4 and 6, and its predictions at 6."""
    directory = str(tmp_path_factory.mktemp('ocr'))
    with ocr_cnn.start(SMALL) as run:
        ocr_cnn.train(run, *small['ocr_cnn'].train, steps=6, outputs=Outputs(directory, save_every=2, log=None))
        return directory, ocr_cnn.predict(run, small['ocr_cnn'].test.images).probabilities


def values(run):
    return run.session.run(run.graph.get_collection('variables'))


def test_checkpoints_are_numbered_by_step(trained):
    assert list(lookup.steps(trained[0], 'model.ckpt')) == [2, 4, 6]
    assert sorted(os.listdir(trained[0]))[:4] == [
        'checkpoint',
        'model.ckpt-2.data-00000-of-00001',
        'model.ckpt-2.index',
        'model.ckpt-2.meta',
    ]


@pytest.mark.parametrize(
    ('which', 'done'), [('latest', 6), (4, 4), ('2', 2), ('{}/model.ckpt-4', 4), ('{}/model.ckpt-2.index', 2)]
)
def test_the_latest_a_number_and_a_path_can_be_restored(trained, which, done):
    directory = trained[0]
    with ocr_cnn.start(SMALL) as run:
        prefix = run.restore(directory, which if isinstance(which, int) else which.format(directory))
        assert prefix == os.path.join(directory, f'model.ckpt-{done}')
        assert run.done == done


def test_a_fresh_graph_predicts_the_same_after_restoring(trained, small):
    with ocr_cnn.start(SMALL) as run:
        run.restore(trained[0])
        np.testing.assert_array_equal(ocr_cnn.predict(run, small['ocr_cnn'].test.images).probabilities, trained[1])


def test_a_directory_that_moved_still_has_its_latest_checkpoint(trained, tmp_path):
    for name in os.listdir(trained[0]):
        (tmp_path / name).write_bytes(Path(trained[0], name).read_bytes())
    assert lookup.latest(str(tmp_path), 'model.ckpt') == str(tmp_path / 'model.ckpt-6')


def test_a_step_that_is_not_there_names_those_that_are(trained):
    with (
        ocr_cnn.start(SMALL) as run,
        pytest.raises(CheckpointError, match=r'step 5 has no checkpoint in .*: it holds steps 2, 4, 6\.'),
    ):
        run.restore(trained[0], 5)


def test_an_empty_directory_says_so(tmp_path):
    with (
        ocr_cnn.start(SMALL) as run,
        pytest.raises(CheckpointError, match=r'holds no checkpoint called model.ckpt-N: train'),
    ):
        run.restore(str(tmp_path))


def test_a_path_that_is_no_checkpoint_says_so(tmp_path):
    with ocr_cnn.start(SMALL) as run, pytest.raises(CheckpointError, match=r'there is no file .*nothing-7\.index'):
        run.restore(str(tmp_path), str(tmp_path / 'nothing-7'))


def test_a_checkpoint_of_another_system_names_the_variables_and_changes_nothing(trained, small, tmp_path):
    patches = patch_cnn.start()
    before = values(patches)
    with pytest.raises(CheckpointError) as raised:
        patches.restore(trained[0])
    assert 'does not fit this graph: Variable is [5, 5, 1, 2] there and [12, 12, 1, 25] here; Variable_1' in str(
        raised.value
    )
    assert 'and 17 more. Restore it into the system, with the hyperparameters, that wrote it.' in str(raised.value)
    assert patches.done == 0
    for old, new in zip(before, values(patches), strict=True):
        np.testing.assert_array_equal(old, new)
    patches.close()
    with batchnorm_cnn.start() as other, pytest.raises(CheckpointError, match='conv1/weights is not in it'):
        other.restore(trained[0])


@pytest.mark.parametrize('kept', [0, 100, 5000])
@pytest.mark.parametrize('part', ['.index', '.data-00000-of-00001'])
def test_a_file_that_was_cut_short_says_so_and_changes_nothing(trained, tmp_path, part, kept):
    for name in os.listdir(trained[0]):
        (tmp_path / name).write_bytes(Path(trained[0], name).read_bytes())
    victim = tmp_path / f'model.ckpt-6{part}'
    whole = victim.read_bytes()
    victim.write_bytes(whole[: min(kept, len(whole) - 20)])
    with ocr_cnn.start(SMALL) as run:
        before = values(run)
        with pytest.raises(CheckpointError, match=r'model.ckpt-6 cannot be read.*, a file of it may be missing or cut'):
            run.restore(str(tmp_path), str(tmp_path / 'model.ckpt-6'))
        for old, new in zip(before, values(run), strict=True):
            np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize('part', ['.index', '.data-00000-of-00001'])
def test_a_training_goes_on_from_the_newest_checkpoint_that_can_be_read(trained, small, tmp_path, part):
    for name in os.listdir(trained[0]):
        (tmp_path / name).write_bytes(Path(trained[0], name).read_bytes())
    os.truncate(tmp_path / f'model.ckpt-6{part}', 100)
    with ocr_cnn.start(SMALL) as run:
        assert run.go_on(str(tmp_path)) == str(tmp_path / 'model.ckpt-4')
        ocr_cnn.train(run, *small['ocr_cnn'].train, steps=2, outputs=Outputs(str(tmp_path), log=None))
        np.testing.assert_allclose(
            ocr_cnn.predict(run, small['ocr_cnn'].test.images).probabilities, trained[1], rtol=1e-5
        )
    assert list(lookup.steps(str(tmp_path), 'model.ckpt')) == [2, 4, 6]


@pytest.mark.parametrize(('name', 'saved'), [('ocr_cnn', [3]), ('layers_cnn', [])])
def test_a_signal_ends_a_training_with_what_has_a_number(small, tmp_path, name, saved):
    system = {'ocr_cnn': ocr_cnn, 'layers_cnn': layers_cnn}[name]
    hparams = SMALL if name == 'ocr_cnn' else layers_cnn.HParams(batch_size=10)
    said = []

    def send(done, total):
        if done == (2 if name == 'ocr_cnn' else 1):
            os.kill(os.getpid(), signal.SIGTERM)

    with system.start(hparams) as run, Signals() as signals:
        outputs = Outputs(str(tmp_path), save_every=100, log=said.append, on_batch=send, signals=signals)
        with pytest.raises(SystemExit) as end:
            system.train(run, *small[name].train, outputs=outputs)
    assert end.value.code == 143
    assert list(lookup.steps(str(tmp_path), 'model.ckpt')) == saved
    kept = '; the last checkpoint is model.ckpt-3' if saved else ''
    assert said[-1] == f'Training was stopped by SIGTERM{kept}. The same command goes on from there.'


def test_training_does_not_overwrite_checkpoints_beyond_it(trained, small):
    files = {name: Path(trained[0], name).read_bytes() for name in os.listdir(trained[0])}
    with ocr_cnn.start(SMALL) as run:
        with pytest.raises(
            CheckpointError, match=r'already holds model.ckpt-2, 4, 6, and this training stands at 0; restore'
        ):
            ocr_cnn.train(run, *small['ocr_cnn'].train, steps=6, outputs=Outputs(trained[0], log=None))
        run.restore(trained[0], 4)
        with pytest.raises(CheckpointError, match=r'already holds model.ckpt-6, and this training stands at 4'):
            ocr_cnn.train(run, *small['ocr_cnn'].train, steps=6, outputs=Outputs(trained[0], log=None))
    assert files == {name: Path(trained[0], name).read_bytes() for name in os.listdir(trained[0])}


def test_a_resumed_training_keeps_the_five_newest_checkpoints(small, tmp_path):
    for _ in range(2):
        with ocr_cnn.start(SMALL) as run:
            run.go_on(str(tmp_path))
            outputs = Outputs(str(tmp_path), save_every=1, log=None)
            ocr_cnn.train(run, *small['ocr_cnn'].train, steps=4, outputs=outputs)
    assert list(lookup.steps(str(tmp_path), 'model.ckpt')) == [4, 5, 6, 7, 8]


def test_a_checkpoint_of_tf_1_15_is_restored_and_trained_on():
    golden = json.loads((GOLDEN / 'graph_ocr_cnn_small.json').read_text())
    places = np.arange(8 * 784).reshape(8, 784)

    def batch(step):
        images = (places * (7 + step)) % 256 / 255
        return images.astype(np.float32), examples.one_hot((np.arange(8) + step) % 10)

    with ocr_cnn.start(SMALL) as run:
        run.restore(str(GOLDEN / 'ocr_cnn_small'))
        assert run.done == 5
        restored = ocr_cnn.predict(run, batch(0)[0]).probabilities
        np.testing.assert_allclose(restored, golden['after 5 steps'], rtol=1e-5)
        for step in (5, 6, 7):
            run.session.run(run.net.optimizer, dict(zip((run.net.x, run.net.y_true), batch(step), strict=True)))
        learned = ocr_cnn.predict(run, batch(0)[0]).probabilities
        np.testing.assert_allclose(learned, golden['after 8 steps'], rtol=1e-5)


@pytest.mark.parametrize(
    ('system', 'name'),
    [
        (patch_cnn, 'model.ckpt'),
        (lowlevel_cnn, 'cnn-model.ckpt'),
        (layers_cnn, 'model.ckpt'),
        (ocr_cnn, 'model.ckpt'),
        (batchnorm_cnn, 'model.ckpt'),
    ],
)
def test_checkpoints_have_the_documents_names(system, name):
    assert name == system.CHECKPOINT_NAME
