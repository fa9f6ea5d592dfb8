from __future__ import annotations

import pytest

from tf1._run.ipython_syntax import Plain, plain


@pytest.mark.parametrize(
    ('source', 'python', 'skipped'),
    [
        ('x = 1\nx', 'x = 1\nx', []),
        ('', '', []),
        ('%matplotlib inline\nx = 1', 'pass\nx = 1', ['%matplotlib inline']),
        ('!pip install x\n!ls', 'pass\npass', ['!pip install x', '!ls']),
        ('!pip install \\\n  x\ny = 1', 'pass\n\ny = 1', ['!pip install \\']),
        ('if a:\n    !ls\n    b()', 'if a:\n    pass\n    b()', ['!ls']),
        ('files = !ls\nx', 'pass\nx', ['files = !ls']),
        ('home = %env HOME', 'pass', ['home = %env HOME']),
        ('tf.Session?', 'pass', ['tf.Session?']),
        ('??tf.Session', 'pass', ['??tf.Session']),
        ('%time x = f()', 'x = f()', ['%time']),
        ('%timeit f()', 'pass', ['%timeit f()']),
        ('%time', 'pass', ['%time']),
        (
            '%pylab inline\nplot([1])',
            'from pylab import *; import numpy as np; import matplotlib.pyplot as plt\nplot([1])',
            ['%pylab'],
        ),
        ('%%time\nx = 1', '\nx = 1', ['%%time']),
        ('\n%%capture out\n%matplotlib inline\nx = 1', '\n\npass\nx = 1', ['%%capture out', '%matplotlib inline']),
        ('%%bash\necho x', '', ['the cell %%bash']),
        ('%%writefile a.py\nx = 1', '', ['the cell %%writefile a.py']),
    ],
)
def test_what_is_ipythons_is_left_out_and_lines_stay_where_they_were(source, python, skipped):
    assert plain(source) == Plain(python, skipped)


@pytest.mark.parametrize(
    'source',
    [
        "s = ('%d'\n  % 3)\n",
        's = """\n%matplotlib inline\n!ls\n"""\n',
        "s = '%d' \\\n  % 3\n",
        'x != 1\n',
        'x = y % 2\n',
    ],
)
@pytest.mark.parametrize('magic', ['', '%matplotlib inline\n'])
def test_python_that_looks_like_it_stays(source, magic):
    assert plain(magic + source).source == ('pass\n' if magic else '') + source


def test_what_is_neither_stays_for_python_to_refuse():
    assert plain("print 'x'\n%time y") == Plain("print 'x'\ny", ['%time'])
    assert plain("x = 'unfinished\n!ls").skipped == ['!ls']
