"""A decoder-only checkpoint written as an OpenVINO model with weights in int8, for `pipeline.backends.openvino_`.

OpenVINO's own exporter, optimum-intel, does not know transformers 5. The graph is what it exports for these
architectures: a stateful model whose attention keeps keys and values as variables, which OpenVINO GenAI replaces by its
paged attention.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from pipeline.backends.openvino_ import libraries, packed

ARCHITECTURES: Final = ("qwen2", "llama")
MODEL: Final = "openvino_model.xml"
_MASKED: Final = -65504.0  # the lowest of float16, in which an engine may keep the mask


def write(model: Any, folder: Path, order: Sequence[int] = (), written: int = 0) -> None:
    """Write `openvino_model.xml` and `.bin`.

    Weights become int8, symmetric, with a scale for each output channel; biases and norms stay float32.

    Args:
        model: from `AutoModelForCausalLM`.
        order: the rows of the vocabulary as they are to be numbered, all of them; by default as they are.
        written: so many of the first have outputs, the others are only read; 0: all have.

    Raises:
        ValueError: not one of `ARCHITECTURES`, or one with a part that is not built here.
    """
    config = model.config
    rope = _rope(config)
    parts = {
        f"architecture {config.model_type!r}": config.model_type in ARCHITECTURES,
        f"activation {config.hidden_act!r}": config.hidden_act == "silu",
        f"rotary embedding {rope.get('rope_type')!r}": rope.get("rope_type", "default") == "default",
        "sliding window": {*(getattr(config, "layer_types", None) or ())} <= {"full_attention"},
    }
    for part, known in parts.items():
        if not known:
            raise ValueError(f"the backend openvino does not know the {part}; --backend ctranslate2 may")
    _, openvino = libraries()
    openvino.save_model(_Decoder(model).build(order, written), folder / MODEL, compress_to_fp16=False)


def _rope(config: Any) -> dict[str, Any]:
    return getattr(config, "rope_parameters", None) or {}


class _Decoder:
    """Builds the graph. Shapes: batch B, new tokens S, all tokens T, heads N of size D, hidden size H."""

    def __init__(self, model: Any) -> None:
        from openvino import Type, opset13

        config = model.config
        self._op: Any = opset13
        self._type: Any = Type
        self._weights: dict[str, Any] = model.state_dict()
        self._layers: int = config.num_hidden_layers
        self._heads: int = config.num_attention_heads
        self._shared_heads: int = config.num_key_value_heads
        self._head: int = getattr(config, "head_dim", None) or config.hidden_size // self._heads
        self._epsilon: float = config.rms_norm_eps
        self._theta: float = _rope(config).get("rope_theta", 10_000.0)
        self._sinks: list[Any] = []

    def build(self, order: Sequence[int], written: int) -> Any:
        from openvino import Model

        op = self._op
        self._ids = self._parameter("input_ids", (-1, -1), self._type.i64)
        mask = self._parameter("attention_mask", (-1, -1), self._type.i64)
        positions = self._parameter("position_ids", (-1, -1), self._type.i64)
        self._beams = self._parameter("beam_idx", (-1,), self._type.i32)
        self._batch = self._size(self._ids, 0)
        self._cos, self._sin = self._rotations(positions)
        self._mask = self._causal(mask)
        rows = [*order] or [*range(len(self._weights["model.embed_tokens.weight"]))]
        state = op.gather(
            self._weight("model.embed_tokens", rows), op.convert(self._ids, "i32"), self._number(0, np.int32)
        )
        for layer in range(self._layers):
            state = self._layer(state, layer)
        state = self._norm(state, "model.norm")
        logits = op.matmul(state, self._weight("lm_head", rows[: written or len(rows)]), False, True)
        logits.output(0).set_names({"logits"})
        return Model([op.result(logits)], self._sinks, [self._ids, mask, positions, self._beams])

    def _layer(self, state: Any, layer: int) -> Any:
        op = self._op
        name = f"model.layers.{layer}"
        told = self._norm(state, f"{name}.input_layernorm")
        query = self._turned(self._split(told, f"{name}.self_attn.q_proj", self._heads))
        key = self._turned(self._split(told, f"{name}.self_attn.k_proj", self._shared_heads))
        value = self._split(told, f"{name}.self_attn.v_proj", self._shared_heads)
        keys, values = self._cached(key, layer, "key"), self._cached(value, layer, "value")
        seen = op.scaled_dot_product_attention(query, self._for_all(keys), self._for_all(values), self._mask)
        shape = self._ints(0, 0, self._heads * self._head)
        joined = op.reshape(op.transpose(seen, self._ints(0, 2, 1, 3)), shape, True)
        state = op.add(state, self._linear(joined, f"{name}.self_attn.o_proj"))
        told = self._norm(state, f"{name}.post_attention_layernorm")
        gate = op.swish(self._linear(told, f"{name}.mlp.gate_proj"))
        wide = op.multiply(gate, self._linear(told, f"{name}.mlp.up_proj"))
        return op.add(state, self._linear(wide, f"{name}.mlp.down_proj"))

    def _split(self, state: Any, name: str, heads: int) -> Any:
        """(B, S, H) to (B, heads, S, D)."""
        shape = self._ints(0, 0, heads, self._head)
        return self._op.transpose(self._op.reshape(self._linear(state, name), shape, True), self._ints(0, 2, 1, 3))

    def _cached(self, new: Any, layer: int, kind: str) -> Any:
        """Keys or values of all tokens, those of earlier calls first, and kept for the next."""
        from openvino import PartialShape
        from openvino.op.util import Variable, VariableInfo

        op = self._op
        info = VariableInfo()
        info.data_shape = PartialShape([-1, self._shared_heads, -1, self._head])
        info.data_type = self._type.f32
        info.variable_id = f"past_key_values.{layer}.{kind}present.{layer}.{kind}"
        variable = Variable(info)
        shape = op.concat([self._batch, self._ints(self._shared_heads), self._ints(0), self._ints(self._head)], 0)
        past = op.read_value(op.broadcast(self._number(0.0, np.float32), shape), variable)
        found = op.concat([op.gather(past, self._beams, self._number(0, np.int32)), new], -2)
        self._sinks.append(op.assign(found, variable))
        return found

    def _for_all(self, shared: Any) -> Any:
        """Keys or values that several heads share, once for each head."""
        op = self._op
        times = self._heads // self._shared_heads
        batch, length = self._size(shared, 0), self._size(shared, 2)
        shape = op.concat([batch, self._ints(self._shared_heads, times), length, self._ints(self._head)], 0)
        wide = op.broadcast(op.unsqueeze(shared, self._number(2)), shape)
        return op.reshape(wide, self._ints(0, self._heads, -1, self._head), True)

    def _rotations(self, positions: Any) -> tuple[Any, Any]:
        """Cosine and sine of the rotary embedding, each (B, 1, S, D). Su et al., RoFormer, 2021."""
        op, half = self._op, self._head // 2
        speeds = (1.0 / self._theta ** (np.arange(half) * 2 / self._head)).astype(np.float32).reshape(1, half, 1)
        shape = op.concat([self._batch, self._ints(half), self._ints(1)], 0)
        angles = op.matmul(
            op.broadcast(op.constant(speeds), shape),
            op.convert(op.unsqueeze(positions, self._number(1)), "f32"),
            False,
            False,
        )
        angles = op.transpose(angles, self._ints(0, 2, 1))
        angles = op.concat([angles, angles], -1)
        return op.unsqueeze(op.cos(angles), self._number(1)), op.unsqueeze(op.sin(angles), self._number(1))

    def _turned(self, state: Any) -> Any:
        op, half = self._op, self._head // 2
        step, axis = self._ints(1), self._ints(3)
        first = op.slice(state, self._ints(0), self._ints(half), step, axis)
        second = op.slice(state, self._ints(half), self._ints(2**31 - 1), step, axis)
        crossed = op.concat([op.multiply(second, self._number(-1.0, np.float32)), first], -1)
        return op.add(op.multiply(state, self._cos), op.multiply(crossed, self._sin))

    def _causal(self, mask: Any) -> Any:
        """What is added to the attention (B, 1, S, T): no later token is seen, nor padding."""
        op = self._op
        zero, total = self._number(0), op.squeeze(self._size(mask, 1), self._number(0))
        new = op.squeeze(self._size(self._ids, 1), zero)
        columns = op.range(zero, total, self._number(1), "i64")
        rows = op.range(op.subtract(total, new), total, self._number(1), "i64")
        later = op.greater(op.unsqueeze(columns, zero), op.unsqueeze(rows, self._number(1)))
        padding = op.equal(op.unsqueeze(mask, self._ints(1, 2)), zero)
        hidden = op.logical_or(op.unsqueeze(later, self._ints(0, 1)), padding)
        return op.select(hidden, self._number(_MASKED, np.float32), self._number(0.0, np.float32))

    def _norm(self, state: Any, name: str) -> Any:
        op = self._op
        mean = op.reduce_mean(op.power(state, self._number(2.0, np.float32)), self._ints(-1), True)
        scale = op.divide(self._number(1.0, np.float32), op.sqrt(op.add(mean, self._number(self._epsilon, np.float32))))
        weight = self._weights[f"{name}.weight"].float().numpy().reshape(1, 1, -1)
        return op.multiply(op.multiply(state, scale), op.constant(weight))

    def _linear(self, state: Any, name: str) -> Any:
        found = self._op.matmul(state, self._weight(name), False, True)
        bias = self._weights.get(f"{name}.bias")
        return found if bias is None else self._op.add(found, self._op.constant(bias.float().numpy().reshape(1, 1, -1)))

    def _weight(self, name: str, rows: list[int] | None = None) -> Any:
        found = self._weights[f"{name}.weight"]
        # The rows are chosen before they take twice the room.
        return packed((found if rows is None else found[rows]).float().numpy())

    def _parameter(self, name: str, shape: tuple[int, ...], kind: Any) -> Any:
        found = self._op.parameter(list(shape), kind, name=name)
        found.output(0).set_names({name})
        return found

    def _size(self, tensor: Any, axis: int) -> Any:
        """Of one axis, as a tensor of one number."""
        return self._op.gather(self._op.shape_of(tensor, "i64"), self._ints(axis), self._number(0))

    def _ints(self, *values: int) -> Any:
        return self._op.constant(np.array(values, np.int64))

    def _number(self, value: float, kind: type[np.generic] = np.int64) -> Any:
        return self._op.constant(np.array(value, kind))
