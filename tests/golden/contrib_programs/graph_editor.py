"""Cases of `tf.contrib.graph_editor`: what is found in a small graph, and what a graph holds after a change."""


class _Net:
    """e = ((a + b) * b) ** 2, f = -e waits for a + b, h = e + exp(f); all but g and h are in scope s."""

    def __init__(self, tf):
        self.graph = tf.get_default_graph()
        with tf.name_scope('s'):
            self.a = tf.constant([1.0, 2.0], name='a')
            self.b = tf.placeholder(tf.float32, [2], name='b')
            self.c = tf.add(self.a, self.b, name='c')
            self.d = tf.multiply(self.c, self.b, name='d')
            self.e = tf.square(self.d, name='e')
            with tf.control_dependencies([self.c.op]):
                self.f = tf.negative(self.e, name='f')
        self.g = tf.exp(self.f, name='g')
        self.h = tf.add(self.e, self.g, name='h')
        self.first = len(self.graph.get_operations())

    def ops(self, start=0):
        """All operations: names, types, inputs, what they wait for."""
        return [
            ' '.join(
                [op.name, op.type.replace('AddV2', 'Add')]
                + [tensor.name for tensor in op.inputs]
                + sorted('^' + other.name for other in op.control_inputs)
            )
            for op in self.graph.get_operations()[start:]
        ]

    def new_ops(self):
        return self.ops(self.first)

    def another(self, tf):
        """z -> k, which l takes."""
        k = tf.sin(tf.zeros([2], name='z'), name='k')
        tf.cos(k, name='l')
        return k


def _names(value):
    if hasattr(value, 'connected_inputs'):
        parts = ('ops', 'inputs', 'outputs', 'passthroughs', 'connected_inputs', 'connected_outputs')
        return {part: _names(getattr(value, part)) for part in parts}
    if isinstance(value, dict):
        return {_names(key): _names(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)) or type(value).__name__ == 'ListView':
        return [_names(item) for item in value]
    return getattr(value, 'name', value)


def _seen(*values):
    return {str(index): _names(value) for index, value in enumerate(values)}


def _sorted(*values):
    return {str(index): sorted(_names(value)) for index, value in enumerate(values)}


def case_views(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(
        ge.make_view([net.d.op, net.e.op]),
        ge.sgv([net.h.op, net.e.op, net.d.op, net.c.op]),
        ge.make_view(net.c.op, [net.a, net.d, net.g]),
        ge.make_view_from_scope('s', net.graph),
        ge.sgv_scope('s/', net.graph),
        ge.make_view('s/[cd]$', graph=net.graph),
        ge.sgv(net.c.op, '(?#ts)s/e', 's/d$', graph=net.graph),
        ge.sgv(),
        ge.SubGraphView((net.c.op, net.g.op), [net.e]),
    )


def case_views_remapped(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    view = ge.make_view([net.c.op, net.d.op, net.e.op])
    several = ge.make_view([net.c.op, net.d.op, net.e.op, net.g.op])
    return _seen(
        view.remap_inputs([1]),
        view.remap_inputs([net.b, net.a]),
        view.remap_outputs([0, 0]),
        view.remap([0], []),
        view.remap_outputs_to_consumers(),
        view.remap_outputs([0, 0]).remap_outputs_make_unique(),
        view.remap([1], []).remap_default(),
        view.remap([1], []).remap_default(remove_input_map=False),
        several.remap_outputs([0]).remove_unused_ops(),
        several.remap([0], [0]).remove_unused_ops(control_inputs=False),
        view.copy(),
    )


def case_views_asked(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    view = ge.make_view([net.c.op, net.d.op, net.e.op], net.g)
    with view as same:
        pass
    return _seen(
        same is view,
        view.consumers(),
        view.input_index(net.b),
        view.output_index(net.g),
        view.find_op_by_name('s/c'),
        view.op(1),
        [view.is_passthrough(net.b), view.is_passthrough(net.g)],
        [bool(view), bool(ge.SubGraphView()), view.graph is net.graph],
        str(view).splitlines()[1:],
        str(ge.SubGraphView()),
    )


def case_selection(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    graph = net.graph
    return _seen(
        ge.select_ops('s/[c-f]$', graph=graph),
        ge.select_ts('s/[c-e]:', graph=graph),
        ge.select_ops(net.c.op, [net.d.op, net.e.op, net.c.op]),
        ge.select_ts(net.a, [net.b, net.c.op]),
        ge.select_ops(net.c),
        ge.select_ops('(?#ts)s/c', graph=graph),
        ge.select_ts('(?#ops)s/c', graph=graph),
        ge.select_ts('(?#ts)s/c', graph=graph),
        ge.select_ops('s/c', '(?#ops)s/d', graph=graph, restrict_ops_regex=True),
        ge.select_ts('s/c', '(?#ts)s/d', graph=graph, restrict_ts_regex=True),
        ge.select_ops_and_ts('(?#ops)s/c', '(?#ts)s/d.*', net.e.op, net.f, graph=graph),
        ge.select_ops('.*', graph=graph, positive_filter=lambda op: op.type == 'Mul'),
        ge.select_ts('.*', graph=graph, positive_filter=lambda tensor: tensor.op.type == 'Exp'),
        ge.select_ops(),
    )


def case_filters(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(
        ge.filter_ops(net.graph, True),
        ge.filter_ops([net.c.op, net.d.op], lambda op: op.name == 's/d'),
        ge.filter_ops_from_regex(net.graph, '.*[ab]$'),
        ge.filter_ts([net.c.op, net.h.op], True),
        ge.filter_ts([net.c.op, net.h.op], lambda tensor: 's' in tensor.name),
        ge.filter_ts_from_regex(net.graph, 's/[a-c]:0'),
        ge.filter_ts_from_regex([net.c.op], '^s'),
        ge.get_name_scope_ops(net.graph, 's'),
        ge.get_name_scope_ops(net.graph, 's/c'),
        ge.get_name_scope_ops(net.graph, 'S'),
        [ge.can_be_regex('x'), ge.can_be_regex(3), ge.can_be_regex(ge.make_regex('x'))],
    )


def case_walks(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    waiting = ge.ControlOutputs(net.graph)
    c, e, f = net.c, net.e, net.f
    return _sorted(
        ge.get_forward_walk_ops(c.op),
        ge.get_forward_walk_ops(c.op, inclusive=False),
        ge.get_forward_walk_ops([c]),
        ge.get_forward_walk_ops([c], inclusive=False),
        ge.get_forward_walk_ops([c.op], within_ops=[c.op, net.d.op, e.op, net.g.op]),
        ge.get_forward_walk_ops([c.op], within_ops_fn=lambda op: op.name.startswith('s')),
        ge.get_forward_walk_ops([c.op], stop_at_ts=[e]),
        ge.get_forward_walk_ops([c.op], stop_at_ts=[net.d], control_outputs=waiting),
        ge.get_backward_walk_ops(f.op),
        ge.get_backward_walk_ops([f]),
        ge.get_backward_walk_ops([f], inclusive=False),
        ge.get_backward_walk_ops(f.op, stop_at_ts=[net.d]),
        ge.get_backward_walk_ops(f.op, stop_at_ts=[e], control_inputs=True),
        ge.get_backward_walk_ops(f.op, within_ops=[f.op, e.op]),
        ge.get_forward_walk_ops([]),
    )


def case_walks_both_ways(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    waiting = ge.ControlOutputs(net.graph)
    return _sorted(
        ge.get_walks_intersection_ops([net.c.op], [net.g.op]),
        ge.get_walks_intersection_ops([net.c.op], [net.g.op], forward_inclusive=False, backward_inclusive=False),
        ge.get_walks_intersection_ops([net.c.op], [net.f.op], control_ios=waiting),
        ge.get_walks_union_ops([net.d.op], [net.e.op]),
        ge.get_within_boundary_ops(net.graph, [net.d.op], [net.c.op, net.f.op]),
        ge.get_within_boundary_ops(net.graph, [net.d.op], [net.c.op, net.f.op], inclusive=False),
        ge.get_ops_ios([net.d.op]),
        ge.get_ops_ios([net.c.op], control_ios=waiting),
        ge.get_ops_ios([net.f.op], control_inputs=True),
    )


def case_boundaries(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(
        ge.compute_boundary_ts([net.c.op, net.d.op]),
        ge.compute_boundary_ts([net.d.op, net.e.op, net.h.op]),
        ge.compute_boundary_ts(net.graph),
    )


def case_lists(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(
        ge.make_list_of_op(net.graph),
        ge.make_list_of_op(net.c.op),
        ge.make_list_of_op([net.c.op, net.d], ignore_ts=True),
        ge.make_list_of_op(()),
        ge.make_list_of_t(net.c),
        ge.make_list_of_t([net.c.op, net.d], ignore_ops=True),
        ge.make_list_of_t(net.graph),
        ge.get_tensors(net.graph),
        ge.get_consuming_ops([net.b]),
        ge.get_generating_ops([net.b, net.h, net.h]),
    )


def case_control_outputs(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    waiting = ge.ControlOutputs(net.graph)
    checked = ge.check_cios(False, None, waiting)
    return _seen(
        waiting.get(net.c.op),
        waiting.get(net.a.op),
        waiting.get_all(),
        waiting.graph is net.graph,
        ge.check_cios(True),
        [checked[0], checked[1] is waiting],
    )


def case_placeholders(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(
        ge.placeholder_name(),
        ge.placeholder_name(net.c),
        ge.placeholder_name(net.c, scope=''),
        ge.placeholder_name(net.c, scope='x'),
        ge.placeholder_name(scope='x/'),
        ge.placeholder_name(tf.split(net.c, 2)[1]),
        ge.placeholder_name(net.c, prefix='p'),
        ge.ph(tf.float32),
        ge.ph(tf.float32, [2], scope='y'),
        [ge.make_placeholder_from_tensor(net.c) for _ in range(2)],
        ge.make_placeholder_from_tensor(net.c, scope='z'),
        ge.make_placeholder_from_tensor(net.c).shape.as_list(),
        ge.make_placeholder_from_dtype_and_shape(tf.int32).shape.rank,
    )


def case_copy(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    view, info = ge.copy(ge.make_view([net.c.op, net.d.op, net.e.op]), dst_scope='new')
    copied = info.transformed(net.c)
    return _seen(
        view,
        net.new_ops(),
        copied,
        info.transformed([net.c, [net.d]]),
        info.transformed(net.c.op),
        [info.transformed(net.h), info.transformed(net.a), info.original(net.h)],
        info.original(copied),
        info.transformed(net.h, missing_fn=lambda tensor: tensor),
        str(info).splitlines()[2:],
    )


def case_copy_of_a_scope(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    view = ge.make_view_from_scope('s', net.graph)
    return _seen(
        ge.copy(view, dst_scope='t', src_scope='s')[0],
        ge.copy(view, dst_scope='t', src_scope='s')[0],
        ge.copy(view, dst_scope='t', src_scope='s', reuse_dst_scope=True)[0],
        ge.copy([net.g.op], dst_scope='w/')[0],
        net.new_ops(),
    )


def case_copy_to_another_graph(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    graph = tf.Graph()
    view, _ = ge.copy(ge.make_view([net.d.op, net.e.op, net.f.op]).remap_inputs([0]), graph)
    net.graph = graph
    return _seen(view, net.ops())


def case_copy_beside(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(
        ge.copy([net.c.op, net.d.op])[0],
        ge.copy(ge.make_view([net.c.op, net.d.op]).remap_inputs([0]), dst_scope='x')[0],
        ge.copy(ge.make_view([net.c.op], net.g), dst_scope='y')[0],
        ge.copy([net.f.op], dst_scope='z')[0],
        ge.copy(ge.sgv(net.e.op).remap_outputs([0, 0]), dst_scope='w')[0],
        net.new_ops(),
    )


def case_copy_within_contexts(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    with tf.name_scope('current'), tf.control_dependencies([net.a.op]), tf.device('/cpu:0'):
        views = [ge.copy([net.c.op])[0], ge.copy([net.c.op], dst_scope='q')[0]]
    return _seen(views, net.new_ops(), [op.device for op in net.graph.get_operations()])


def case_copy_of_collections(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    for name, item in (('mine', net.c), ('losses', net.c), ('ops', net.d.op)):
        tf.add_to_collection(name, item)
    ge.copy([net.c.op, net.d.op], dst_scope='x')
    keys = sorted(net.graph.get_all_collection_keys())
    return _seen([[key, _names(net.graph.get_collection(key))] for key in keys])


def case_copy_of_devices(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    with tf.device('/cpu:0'):
        here = tf.sin(net.c, name='here')
    with tf.get_default_graph().colocate_with(net.c.op):
        there = tf.cos(net.c, name='there')
    _, info = ge.copy([here.op, there.op], dst_scope='x')
    copies = info.transformed([here, there])
    return _seen([[copy.op.device, copy.op.node_def.attr['_class'].list.s] for copy in copies])


def case_copy_of_a_variable(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    variable = tf.get_variable('w', [2], initializer=tf.constant_initializer(2.0))
    product = tf.multiply(variable, net.a, name='product')
    _, info = ge.copy(ge.sgv('^w', '^product', graph=net.graph), dst_scope='x')
    with tf.Session() as session:
        session.run(info.transformed(variable.initializer))
        numbers = session.run(info.transformed(product), {'x/geph__a_0:0': [3.0, 4.0]})
    return _seen(len(tf.global_variables()), numbers.tolist())


def case_copy_with_input_replacements(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    z = tf.zeros([2], name='z')
    return _seen(
        ge.copy_with_input_replacements([net.d.op, net.e.op], {net.c: z}, dst_scope='x')[0],
        ge.copy_with_input_replacements(ge.sgv(net.d.op, net.e.op, net.f.op, net.g.op, net.h.op), {net.c: z})[0],
        ge.copy_with_input_replacements([net.d.op, net.e.op], {net.e: z}, dst_scope='y')[0],
        ge.copy_with_input_replacements(ge.sgv([net.d.op, net.e.op]), {})[0],
        net.new_ops(),
    )


def case_graph_replace(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    z = tf.constant([0.5, 0.25], name='z')
    again = ge.graph_replace(net.h, {net.c: z})
    return {
        'again': tf.identity(ge.graph_replace(again, {net.b: z})),
        **_seen(
            again,
            ge.graph_replace([net.g, net.e], {net.b: z}, dst_scope='y'),
            ge.graph_replace({'u': net.e, 'v': (net.d, net.a)}, {net.c: z}, dst_scope='x/', src_scope='s'),
            ge.graph_replace([net.c, net.e], {net.c: z}),
            net.new_ops(),
        ),
    }


def case_graph_replace_of_a_loop(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    last = tf.while_loop(lambda i: tf.less(i, 3.0), lambda i: i + net.c[0], [tf.constant(0.0)], name='loop')
    again = ge.graph_replace(last, {net.c: tf.constant([1.25, 0.0])}, dst_scope='x')
    return {'name': again.name, 'last': again}


def case_transformer(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    transformer, inputs = ge.Transformer(), []

    def as_cosine(info, op, new_inputs):
        def changed(definition):
            if definition.op == 'Square':
                definition.op = 'Cos'
            return definition

        return ge.copy_op_handler(info, op, new_inputs, nodedef_fn=changed)

    def noted(info, tensor):
        inputs.append(tensor.name)
        return ge.keep_t_if_possible_handler(info, tensor)

    transformer.transform_op_handler = as_cosine
    transformer.transform_external_input_handler = noted
    handlers = sorted(vars(transformer))
    view, _ = transformer(ge.sgv([net.d.op, net.e.op]), net.graph, 'q')
    return _seen(view, net.new_ops(), inputs, handlers)


def case_swap_ts(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    k = net.another(tf)
    counts = [ge.swap_ts([net.e], [k]), ge.swap_ts([net.a, net.b], [k, k], can_modify=[net.c.op, net.g.op])]
    return _seen(counts, net.ops())


def case_reroute_ts(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    z = tf.zeros([2], name='z')
    return _seen(
        ge.reroute_ts(z, net.b, can_modify=[net.c.op]),
        ge.reroute_ts([z], [net.e], cannot_modify=[net.h.op]),
        ge.reroute_ts([net.a], [net.a]),
        ge.reroute_ts({1: z}.values(), {net.f: 1}.keys()),
        net.ops(),
    )


def case_reroute_inputs(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(ge.reroute_inputs(ge.sgv(net.another(tf).op), ge.sgv(net.g.op)), net.ops())


def case_swap_inputs(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    view = ge.sgv(net.g.op)
    return _seen(ge.swap_inputs(net.another(tf).op, view), view, net.ops())


def case_swap_inputs_that_pass_through(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(ge.swap_inputs(ge.sgv(net.another(tf)), ge.sgv(net.g)), net.ops())


def case_reroute_outputs(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    k = net.another(tf)
    views = ge.sgv(k.op, tf.tan(k, name='m').op), ge.sgv(net.e.op, net.f.op)
    return _seen(ge.reroute_outputs(*views), net.ops())


def case_swap_outputs(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    k = net.another(tf)
    views = ge.sgv(k.op, tf.tan(k, name='m').op), ge.sgv(net.e.op, net.f.op)
    return _seen(ge.swap_outputs(*views), net.ops())


def case_reroute_ios(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(ge.reroute_ios(ge.sgv(net.another(tf).op), ge.sgv(net.g.op)), net.ops())


def case_swap_ios(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(ge.swap_ios(ge.sgv(net.another(tf).op), ge.sgv(net.g.op)), net.ops())


def case_control_inputs(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    ge.add_control_inputs(net.g.op, [net.a.op, net.b.op])
    before = net.ops()
    ge.remove_control_inputs(net.g.op, net.a.op)
    ge.remove_control_inputs(net.f.op, [net.c.op])
    return _seen(before, net.ops())


def case_detach(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    view = ge.sgv([net.d.op, net.e.op])
    end = ge.sgv(net.h.op)
    return _seen(ge.detach(view, control_ios=ge.ControlOutputs(net.graph)), view, ge.detach(end), end, net.ops())


def case_detach_inputs(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(ge.detach_inputs([net.f.op], control_inputs=True), net.ops())


def case_detach_outputs(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    outputs = ge.detach_outputs([net.c.op], control_outputs=ge.ControlOutputs(net.graph))
    return _seen(outputs, ge.detach_outputs(ge.sgv(net.h.op)), net.ops())


def case_detach_control(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    ge.add_control_inputs(net.g.op, net.a.op)
    ge.detach_control_inputs(ge.sgv(net.f.op))
    before = net.ops()
    ge.detach_control_outputs(ge.sgv(net.a.op), ge.ControlOutputs(net.graph))
    return _seen(before, net.ops())


def case_connect(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(ge.connect(ge.sgv(net.c.op), ge.sgv(net.g.op)), net.ops())


def case_connect_and_disconnect(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(ge.connect(ge.sgv(net.c.op), ge.sgv(net.g.op), disconnect_first=True), net.ops())


def case_bypass(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(ge.bypass(ge.sgv([net.e.op])), net.ops())


def case_bypass_of_one_input(tf):
    ge, net = tf.contrib.graph_editor, _Net(tf)
    return _seen(ge.bypass(ge.sgv([net.d.op, net.e.op]).remap_inputs([0])), net.ops())


def case_error_of_view(tf):
    tf.contrib.graph_editor.make_view(3)


def case_error_of_view_keyword(tf):
    tf.contrib.graph_editor.make_view(_Net(tf).c.op, other=3)


def case_error_of_view_graph(tf):
    tf.contrib.graph_editor.make_view('x', graph=3)


def case_error_of_expression_without_graph(tf):
    tf.contrib.graph_editor.select_ops('x')


def case_error_of_remap_range(tf):
    tf.contrib.graph_editor.make_view(_Net(tf).c.op).remap_inputs([5])


def case_error_of_remap_repetition(tf):
    tf.contrib.graph_editor.make_view(_Net(tf).c.op).remap_inputs([0, 0])


def case_error_of_remap_tensor(tf):
    net = _Net(tf)
    tf.contrib.graph_editor.make_view(net.c.op).remap_outputs([net.a])


def case_error_of_find(tf):
    tf.contrib.graph_editor.make_view(_Net(tf).c.op).find_op_by_name('z')


def case_error_of_boundary(tf):
    net = _Net(tf)
    tf.contrib.graph_editor.get_within_boundary_ops(net.graph, [net.d.op], [net.d.op])


def case_error_of_walk(tf):
    tf.contrib.graph_editor.get_forward_walk_ops(3)


def case_error_of_walk_control(tf):
    tf.contrib.graph_editor.get_forward_walk_ops(_Net(tf).c.op, control_outputs=3)


def case_error_of_list_of_op(tf):
    tf.contrib.graph_editor.make_list_of_op([_Net(tf).c])


def case_error_of_list_of_t(tf):
    tf.contrib.graph_editor.make_list_of_t(None)


def case_error_of_list_of_graph(tf):
    tf.contrib.graph_editor.make_list_of_op(tf.get_default_graph(), allow_graph=False)


def case_error_of_two_graphs(tf):
    with tf.Graph().as_default():
        other = tf.constant(1)
    tf.contrib.graph_editor.make_list_of_op([_Net(tf).c.op, other.op])


def case_error_of_regex(tf):
    tf.contrib.graph_editor.make_regex(3)


def case_error_of_copy_graph(tf):
    tf.contrib.graph_editor.copy([_Net(tf).c.op], dst_graph=3)


def case_error_of_source_scope(tf):
    tf.contrib.graph_editor.copy([_Net(tf).h.op], dst_scope='x', src_scope='s')


def case_error_of_replace(tf):
    net = _Net(tf)
    tf.contrib.graph_editor.graph_replace(net.c, {net.h: net.a})


def case_error_of_reroute_shape(tf):
    tf.contrib.graph_editor.reroute_ts(tf.zeros([3]), _Net(tf).b)


def case_error_of_reroute_type(tf):
    tf.contrib.graph_editor.reroute_ts(tf.zeros([2], tf.int32), _Net(tf).b)


def case_error_of_reroute_count(tf):
    net = _Net(tf)
    tf.contrib.graph_editor.reroute_ts([net.a, net.b], [net.c])


def case_error_of_control_input_twice(tf):
    net = _Net(tf)
    tf.contrib.graph_editor.add_control_inputs(net.f.op, net.c.op)


def case_error_of_control_input_absent(tf):
    net = _Net(tf)
    tf.contrib.graph_editor.remove_control_inputs(net.f.op, net.a.op)


def case_error_of_control_input_of_a_tensor(tf):
    net = _Net(tf)
    tf.contrib.graph_editor.add_control_inputs(net.f, net.a.op)


def case_error_of_transformed(tf):
    _, info = tf.contrib.graph_editor.copy([_Net(tf).c.op], dst_scope='x')
    info.transformed(3)


def case_error_of_control_outputs(tf):
    tf.contrib.graph_editor.ControlOutputs(3)
