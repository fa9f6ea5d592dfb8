"""How the errors_* programs run their cases: `{name: (a word that the error's text ought to have, function)}`."""

from __future__ import annotations

import _observe


def outcomes(cases, texts=None):
    """Calls the function of each case; returns by case the type that was raised, or what was given.

    Args:
      cases: `{name: (word, function)}`; no word where TF 1.15's text is about something else, or nothing is raised.
      texts: a dict that gets, by case, the word and the error's text.
    """
    results = {}
    for name, (word, function) in cases.items():
        results[name], text = _outcome(function)
        if texts is not None:
            texts[name] = (word, text)
    return results


def _outcome(function):
    try:
        value = function()
    except Exception as error:
        return {'raises': type(error).__name__}, str(error)
    return {'gives': _observe.plain(value) if isinstance(value, (dict, list, str)) else type(value).__name__}, ''
