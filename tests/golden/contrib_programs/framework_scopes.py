"""Cases of `tf.contrib.framework`: argument scopes."""


def _functions(tf):
    @tf.contrib.framework.add_arg_scope
    def one(a, b=1, c=None):
        return [a, b, c]

    @tf.contrib.framework.add_arg_scope
    def two(x, d=4, b=2):
        return [x, d, b]

    return one, two


def case_a_scope_gives_defaults_and_the_call_wins(tf):
    one, two = _functions(tf)
    with tf.contrib.framework.arg_scope([one, two], b=5):
        inside = [one(1), two(2), two(2, b=7), one(1, c=3)]
    return {'inside': inside, 'after': one(1)}


def case_scopes_nest_per_function(tf):
    framework = tf.contrib.framework
    one, two = _functions(tf)
    with framework.arg_scope([one], b=5):
        with framework.arg_scope((two,), b=6), framework.arg_scope([one], c=9) as scope:
            inner = [one(1), two(1)]
            same = framework.current_arg_scope() == scope
        outer = [one(1), two(1)]
    return {'inner': inner, 'outer': outer, 'same': same, 'size': len(scope), 'left': framework.current_arg_scope()}


def case_a_scope_is_used_again(tf):
    framework = tf.contrib.framework
    one, two = _functions(tf)
    with framework.arg_scope([one], b=5) as scope:
        pass
    with framework.arg_scope([two], b=8):
        with framework.arg_scope(scope):
            again = [one(1), two(1)]
        with framework.arg_scope({}):
            empty = [one(1), two(1)]
    return {'again': again, 'empty': empty}


def case_a_scope_decorates_a_function(tf):
    one, _ = _functions(tf)

    @tf.contrib.framework.arg_scope([one], b=8)
    def decorated():
        return one(1)

    return {'twice': [decorated(), decorated()]}


def case_a_method_takes_a_scope(tf):
    class Model(object):  # noqa: UP004
        @tf.contrib.framework.add_arg_scope
        def method(self, a, k=1):
            return [a, k]

    with tf.contrib.framework.arg_scope([Model.method], k=5):
        return {'result': Model().method(1)}


def case_scoped_arguments_and_the_question(tf):
    framework = tf.contrib.framework
    one, two = _functions(tf)
    return {
        'arguments': [framework.arg_scoped_arguments(one), framework.arg_scoped_arguments(two)],
        'has': [framework.has_arg_scope(one), framework.has_arg_scope(len)],
    }


def case_a_scope_of_an_undecorated_function(tf):
    with tf.contrib.framework.arg_scope([len], b=5):
        return {}


def case_a_scope_of_no_list(tf):
    one, _ = _functions(tf)
    with tf.contrib.framework.arg_scope(one, b=5):
        return {}


def case_a_scope_again_with_more_arguments(tf):
    with tf.contrib.framework.arg_scope({}, b=5):
        return {}


def case_arguments_of_an_undecorated_function(tf):
    return {'arguments': tf.contrib.framework.arg_scoped_arguments(len)}


def case_an_argument_that_the_function_lacks(tf):
    one, _ = _functions(tf)
    with tf.contrib.framework.arg_scope([one], other=5):
        return {'result': one(1)}


def case_an_argument_given_by_place_and_by_scope(tf):
    one, _ = _functions(tf)
    with tf.contrib.framework.arg_scope([one], b=5):
        return {'result': one(1, 2)}
