"""Cases of `tf.contrib.learn`: data sets, word numbers and constants."""

import os
import tempfile

import numpy as np


def _file(text):
    path = os.path.join(tempfile.mkdtemp(), 'data.csv')
    with open(path, 'w') as file:
        file.write(text)
    return path


def case_iris(tf):
    iris = tf.contrib.learn.datasets.load_dataset('iris')
    return {'data': iris.data, 'target': iris.target, 'types': [str(iris.data.dtype), str(iris.target.dtype)]}


def case_synthetic(tf):
    data = tf.contrib.learn.datasets
    sets = {
        'circles': data.make_dataset('circles', 10),
        'noisy circles': data.synthetic.circles(12, noise=0.1, seed=3, factor=0.5, n_classes=3),
        'spirals': data.make_dataset('spirals', n_samples=12, noise=0.2),
        'bernoulli': data.synthetic.spirals(12, seed=0, mode='bernoulli', n_loops=3),
        'fermat': data.make_dataset('spirals', 12, None, 1, mode='fermat'),
    }
    results = {name: [made.data, made.target, str(made.target.dtype)] for name, made in sets.items()}
    return dict(results, names=sorted(data.SYNTHETIC), loaded=sorted(data.DATASETS))


def case_synthetic_of_no_name(tf):
    return {'made': tf.contrib.learn.datasets.make_dataset('squares')}


def case_dbpedia(tf):
    before = os.getcwd()
    os.chdir(tempfile.mkdtemp())
    try:
        os.makedirs('dbpedia_data/dbpedia_csv')
        for split, count in (('train', 1200), ('test', 20)):
            with open('dbpedia_data/dbpedia_csv/' + split + '.csv', 'w') as file:
                file.writelines('{0},"Title {0}","Text, {1}"\n'.format(i % 14 + 1, split) for i in range(count))
        small = tf.contrib.learn.datasets.load_dataset('dbpedia')
        large = tf.contrib.learn.datasets.text_datasets.load_dbpedia('large')
        files = sorted(os.listdir('dbpedia_data/dbpedia_csv'))
    finally:
        os.chdir(before)
    return {
        'small': [list(small.train.data), list(small.train.target), list(small.test.data), small.validation],
        'large': [list(large.train.data.shape), list(large.test.target), str(large.test.target.dtype)],
        'files': files,
    }


def case_files(tf):
    base = tf.contrib.learn.datasets.base
    text = '1.5,2,7\n3,4.5,8\n'
    with_header = base.load_csv_with_header(_file('2,2,a,b\n' + text), np.int64, np.float32)
    without = base.load_csv_without_header(_file(text), np.float64, np.float64, target_column=0)
    path = _file('a,1\nb,2\nc,3\nd,4\n')
    base.shrink_csv(path, 2)
    with open(path.replace('data.csv', 'data_small.csv')) as file:
        small = file.read().split()
    return {
        'with': [with_header.data, with_header.target, str(with_header.data.dtype), str(with_header.target.dtype)],
        'without': [without.data, without.target],
        'small': small,
        'fields': list(base.Dataset._fields),
        'splits': list(base.Datasets._fields),
        'kept': base.maybe_download('data.csv', os.path.dirname(path), 'none:') == path,
    }


def case_vocabulary_processor(tf):
    processing = tf.contrib.learn.preprocessing
    texts = ["Hello big world, it's me", 'the big-world 3.5', 'HTMLParser of myNames', 'a a b c', 'b b a d d', '']
    plain = processing.VocabularyProcessor(4)
    rows = list(plain.fit_transform(texts))
    trimmed = processing.VocabularyProcessor(3, min_frequency=1)
    trimmed.fit(texts)
    path = _file('')
    plain.save(path)
    return {
        'tokens': list(processing.tokenizer(texts)),
        'rows': rows,
        'size': len(plain.vocabulary_),
        'new': list(plain.transform(['unseen big'])),
        'trimmed': list(trimmed.transform(texts)),
        'reversed': list(trimmed.reverse([[1, 2, 0]])),
        'restored': list(processing.VocabularyProcessor.restore(path).transform(texts[:1])),
    }


def case_vocabulary(tf):
    vocabulary = tf.contrib.learn.preprocessing.CategoricalVocabulary('none')
    for word, count in (('x', 3), ('y', 5), ('z', 1), ('w', 3)):
        vocabulary.add(word, count)
    before = [vocabulary.get(word) for word in 'xyzw']
    vocabulary.trim(1, 5)
    vocabulary.freeze()
    return {'before': before, 'after': [vocabulary.get(word) for word in 'xyzwq'], 'first': vocabulary.reverse(1)}


def case_constants(tf):
    learn = tf.contrib.learn
    return {
        kind: sorted((name, value) for name, value in vars(getattr(learn, kind)).items() if name.isupper())
        for kind in ('ModeKeys', 'PredictionKey', 'ProblemType', 'TaskType')
    }


def case_modes_are_three(tf):
    return {'mode': tf.contrib.learn.ModeKeys.validate('other')}
