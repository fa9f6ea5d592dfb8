from __future__ import annotations

import numpy as np
import pytest
import scipy
import scipy.sparse as sparse


def test_sparse_matrices_are_arrays_and_conjugates_for_the_program(installed):
    import scipy.sparse  # noqa: F401

    matrix = sparse.csr_matrix([[0, 1j], [2, 0]])
    assert matrix.A.tolist() == [[0, 1j], [2, 0]]
    assert matrix.tocoo().H.toarray().tolist() == [[0, 2], [-1j, 0]]


@pytest.mark.skipif(np.lib.NumpyVersion(scipy.__version__) < '1.14.0', reason='SciPy has them itself until 1.14')
def test_libraries_see_the_scipy_that_is_installed(installed):
    import scipy.sparse  # noqa: F401

    stranger = {'__name__': 'stranger', '__file__': '/x/site-packages/stranger.py', 'matrix': sparse.csr_matrix([[1]])}
    with pytest.raises(AttributeError, match="'csr_matrix' object has no attribute 'A'"):
        eval('matrix.A', stranger)
