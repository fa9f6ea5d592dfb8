"""The binaries that restore a checkpoint, on a trained Estimator."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from matplotlib.image import imsave
from sklearn.metrics import classification_report, confusion_matrix

from estimators import inputs, systems


@pytest.fixture(scope='module')
def trained(digits_dir, tmp_path_factory):
    folder = tmp_path_factory.mktemp('trained')
    system = systems.SYSTEMS['linear']
    data = systems.load(system, digits_dir)
    estimator = systems.make_estimator(system, str(folder), save_checkpoints_steps=60)
    estimator.train(inputs.train_input_fn(data.train, 100), max_steps=120)
    return folder


def test_evaluation_reports_what_scikit_learn_reports(run, trained, digits_dir, digits, tmp_path):
    folder = shutil.copytree(trained, tmp_path / 'model')
    result = run('evaluate', '--model=linear', f'--model_dir={folder}', f'--data_dir={digits_dir}')
    assert result.status == 0
    estimator = systems.make_estimator(systems.SYSTEMS['linear'], str(folder))
    images = digits.test_images.reshape(500, 784).astype(np.float32) / 255
    predicted = [p['classes'] for p in systems.predict(estimator, images)]
    correct = int(np.sum(predicted == digits.test_labels))
    assert result.result['correct'] == correct
    assert result.result['total'] == 500
    assert result.result['accuracy'] == correct / 500
    assert result.result['global_step'] == 120
    assert f'Accuracy on the test images: {correct / 500:.1%} ({correct} / 500)' in result.out
    assert classification_report(digits.test_labels, predicted, digits=2).strip() in result.out
    assert str(confusion_matrix(digits.test_labels, predicted)) in result.out
    assert sorted(p.name for p in (folder / 'figures').iterdir()) == ['confusion_test.png', 'errors_test.png']


@pytest.mark.parametrize(('checkpoint', 'step'), [('latest', 120), ('60', 60), ('0', 0)])
def test_a_checkpoint_is_chosen_by_step(run, trained, digits_dir, checkpoint, step):
    common = ['--model=linear', f'--model_dir={trained}', f'--data_dir={digits_dir}', f'--checkpoint={checkpoint}']
    result = run('evaluate', *common, '--nofigures', '--split=validation')
    assert result.result['global_step'] == step
    assert result.result['total'] == 1000


def test_a_checkpoint_is_chosen_by_path(run, trained, digits_dir, tmp_path):
    path = trained / 'model.ckpt-60'
    result = run('predict', '--model=linear', f'--model_dir={tmp_path}', f'--checkpoint={path}', '--indices=3')
    assert result.result['global_step'] == 60


def test_test_images_are_classified_by_index(run, trained, digits_dir, digits):
    common = ['--model=linear', f'--model_dir={trained}', f'--data_dir={digits_dir}']
    result = run('predict', *common, '--indices=0,7-9')
    rows = result.result['predictions']
    assert [row['image'] for row in rows] == ['test[0]', 'test[7]', 'test[8]', 'test[9]']
    assert [row['true'] for row in rows] == digits.test_labels[[0, 7, 8, 9]].tolist()
    assert all(0.1 <= row['probability'] <= 1 for row in rows)
    assert result.out.startswith('test[0]: 7 ')


def test_files_give_what_the_same_test_images_give(run, trained, digits_dir, digits, tmp_path):
    common = ['--model=linear', f'--model_dir={trained}', f'--data_dir={digits_dir}']
    expected = run('predict', *common, '--indices=0-4').result['predictions']
    np.save(tmp_path / 'digits.npy', digits.test_images[:5])
    np.save(tmp_path / 'floats.npy', digits.test_images[:5].astype(np.float32) / 255)
    rgb = np.repeat(digits.test_images[0][..., np.newaxis], 3, axis=2)
    imsave(tmp_path / 'digit.png', rgb)
    imsave(tmp_path / 'inverted.png', 255 - rgb)

    def found(name, *more):
        rows = run('predict', *common, f'--images={name}', *more).result['predictions']
        return [(row['class'], row['probability']) for row in rows]

    answers = [(row['class'], row['probability']) for row in expected]
    assert found(tmp_path / 'digits.npy') == answers
    assert found(tmp_path / 'floats.npy') == answers
    assert found(f'{digits_dir}/t10k-images-idx3-ubyte')[:5] == answers
    assert found(tmp_path / 'digit.png') == answers[:1]
    assert found(tmp_path / 'inverted.png', '--invert') == answers[:1]


@pytest.mark.parametrize(
    ('binary', 'arguments', 'text'),
    [
        (
            'evaluate',
            ['--model=lineal'],
            '--model=lineal is not one of the systems of this binary: choose one of linear, ',
        ),
        ('evaluate', ['--model=linear', '--split=all'], '--split=all: value should be one of <train|'),
        ('evaluate', ['--model=linear', '--model_dir=EMPTY'], 'does not exist: choose a folder that was trained into.'),
        ('evaluate', ['--model=linear', '--model_dir=TRAINED', '--checkpoint=7'], 'it holds steps 0, 60, 120.'),
        (
            'evaluate',
            ['--model=linear', '--model_dir=TRAINED', '--checkpoint=/no/model.ckpt-3'],
            'no file /no/model.ckpt-3.index',
        ),
        ('evaluate', ['--model=cnn', '--model_dir=TRAINED'], 'belongs to another model. It lacks conv2d/bias'),
        ('predict', ['--model=linear', '--model_dir=TRAINED', '--indices=500'], '500 is outside 0..499'),
        ('predict', ['--model=linear', '--model_dir=TRAINED', '--indices=a'], "'a' is neither a number nor a range"),
        (
            'predict',
            ['--model=linear', '--model_dir=TRAINED', '--images=/no/file.png'],
            '--images=/no/file.png: there is no such file.',
        ),
        ('predict', ['--model=linear', '--model_dir=TRAINED', '--images=BROKEN.npy'], 'is not a readable .npy file'),
        ('predict', ['--model=linear', '--model_dir=TRAINED', '--images=BROKEN.png'], 'is not a readable PNG file'),
        (
            'predict',
            ['--model=linear', '--model_dir=TRAINED', '--images=SMALL.npy'],
            'must hold images of 28x28 pixels, got shape (2, 5, 5)',
        ),
    ],
)
def test_bad_input_ends_with_status_2_and_one_line(run, trained, digits_dir, tmp_path, binary, arguments, text):
    (tmp_path / 'BROKEN.npy').write_bytes(b'no array')
    (tmp_path / 'BROKEN.png').write_bytes(b'no picture')
    np.save(tmp_path / 'SMALL.npy', np.zeros((2, 5, 5), np.uint8))
    places = {'TRAINED': str(trained), 'EMPTY': str(tmp_path / 'empty')}
    places |= {name: str(tmp_path / name) for name in ('BROKEN.npy', 'BROKEN.png', 'SMALL.npy')}
    for word, place in places.items():
        arguments = [argument.replace(f'={word}', f'={place}') for argument in arguments]
    result = run(binary, *arguments, f'--data_dir={digits_dir}')
    assert result.status == 2
    last = result.err.splitlines()[-1]
    assert last.startswith(f'{binary}: ')
    assert text in last
    assert 'Traceback' not in result.err


def test_a_truncated_checkpoint_is_named(run, trained, digits_dir, tmp_path):
    folder = shutil.copytree(trained, tmp_path / 'model')
    data = folder / 'model.ckpt-120.data-00000-of-00001'
    data.write_bytes(data.read_bytes()[:100])
    result = run('evaluate', '--model=linear', f'--model_dir={folder}', f'--data_dir={digits_dir}', '--nofigures')
    assert result.status == 2
    said = (
        f"evaluate: {folder}/model.ckpt-120 cannot be read at variable 'dense/kernel', a file of it may be missing or"
    )
    assert result.error.startswith(said)
