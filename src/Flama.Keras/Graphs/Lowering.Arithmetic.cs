using Flama.Onnx.Graphs;

namespace Flama.Keras.Graphs;

/// <content>Numbers with numbers.</content>
internal sealed partial class Lowering
{
    // From the narrowest to the widest, as TensorFlow and Keras promote.
    private static readonly OnnxElementType[] Widths =
    [
        OnnxElementType.Boolean, OnnxElementType.UInt8, OnnxElementType.Int8, OnnxElementType.UInt16, OnnxElementType.Int16, OnnxElementType.UInt32, OnnxElementType.Int32,
        OnnxElementType.UInt64, OnnxElementType.Int64, OnnxElementType.BFloat16, OnnxElementType.Float16, OnnxElementType.Float32, OnnxElementType.Float64,
    ];

    /// <summary>The shape of two that are computed element by element.</summary>
    public static long[] Broadcast(long[] left, long[] right)
    {
        var shape = new long[Math.Max(left.Length, right.Length)];
        for (var i = 1; i <= shape.Length; i++)
        {
            var a = i <= left.Length ? left[^i] : 1;
            var b = i <= right.Length ? right[^i] : 1;
            shape[^i] = a == 1 ? b : b == 1 ? a : a < 0 ? b : b < 0 || a == b ? a : throw KerasErrors.Invalid($"shapes [{string.Join(", ", left)}] and [{string.Join(", ", right)}] do not fit");
        }

        return shape;
    }

    public Value Unary(string op, Value x, params IReadOnlyList<OnnxAttribute> attributes) => Add(op, x.Type, x.Shape, [x], attributes) with { Declared = x.Declared };

    public Value Cast(Value x, OnnxElementType type) =>
        x.Type == type ? x : Add("Cast", type, x.Shape, [x], OnnxAttribute.Of("to", (long)type)) with { Mask = x.Mask };

    /// <summary>As floating-point numbers: whole numbers become float32.</summary>
    public Value Float(Value x) => x.IsFloat ? x : Cast(x, OnnxElementType.Float32);

    /// <summary>Two of the same type.</summary>
    public (Value Left, Value Right) Promote(Value left, Value right)
    {
        if (left.Type == right.Type)
        {
            return (left, right);
        }

        var type = Array.IndexOf(Widths, left.Type) >= Array.IndexOf(Widths, right.Type) ? left.Type : right.Type;
        return (Cast(left, type), Cast(right, type));
    }

    public Value Binary(string op, Value left, Value right)
    {
        (left, right) = Promote(left, right);
        return Add(op, left.Type, Broadcast(left.Shape, right.Shape), [left, right]) with { Declared = left.Declared ?? right.Declared };
    }

    public Value Binary(string op, Value left, double right) => Binary(op, left, Scalar(right, left.Type));

    /// <summary>Compares, or combines truths: the answer is true or false.</summary>
    public Value Compare(string op, Value left, Value right)
    {
        (left, right) = Promote(left, right);
        return Add(op, OnnxElementType.Boolean, Broadcast(left.Shape, right.Shape), [left, right]);
    }

    public Value Compare(string op, Value left, double right) => Compare(op, left, Scalar(right, left.Type));

    public Value Not(Value x) => Add("Not", OnnxElementType.Boolean, x.Shape, [Cast(x, OnnxElementType.Boolean)]);

    public Value Plus(Value left, Value right) => Binary("Add", left, right);

    public Value Plus(Value left, double right) => Binary("Add", left, right);

    public Value Minus(Value left, Value right) => Binary("Sub", left, right);

    public Value Times(Value left, Value right) => Binary("Mul", left, right);

    public Value Times(Value left, double right) => Binary("Mul", left, right);

    public Value Over(Value left, Value right) => Binary("Div", left, right);

    public Value Neg(Value x) => Unary("Neg", x);

    public Value Where(Value condition, Value yes, Value no)
    {
        (yes, no) = Promote(yes, no);
        return Add("Where", yes.Type, Broadcast(condition.Shape, Broadcast(yes.Shape, no.Shape)), [condition, yes, no]);
    }

    /// <summary>Numbers kept between two others; null for no bound.</summary>
    public Value Clip(Value x, double? low, double? high)
    {
        x = low is { } least ? Binary("Max", x, least) : x;
        return high is { } most ? Binary("Min", x, most) : x;
    }

    public Value MatMul(Value left, Value right)
    {
        (left, right) = Promote(left, right);
        var batch = Broadcast(left.Shape[..Math.Max(0, left.Rank - 2)], right.Shape[..Math.Max(0, right.Rank - 2)]);
        List<long> shape = [.. batch];
        if (left.Rank > 1)
        {
            shape.Add(left.Shape[^2]);
        }

        if (right.Rank > 1)
        {
            shape.Add(right.Shape[^1]);
        }

        return Add("MatMul", left.Type, [.. shape], [left, right]) with { Declared = left.Declared };
    }

    public Value Softmax(Value x, long axis) => Unary("Softmax", x, OnnxAttribute.Of("axis", (long)x.Axis(axis)));

    /// <summary>Products summed along letters, as <c>bij,bjk-&gt;bik</c>; an ellipsis is allowed.</summary>
    public Value Einsum(string equation, params Value[] inputs)
    {
        var (left, output) = equation.Replace(" ", "", StringComparison.Ordinal).Split("->") is [var a, var b] ? (a, b) : throw KerasErrors.Invalid($"'{equation}' is not an equation with an output");
        var terms = left.Split(',');
        if (terms.Length != inputs.Length)
        {
            throw KerasErrors.Invalid($"'{equation}' is for {terms.Length} tensors, not {inputs.Length}");
        }

        Dictionary<char, long> lengths = [];
        long[] hidden = [];
        for (var i = 0; i < terms.Length; i++)
        {
            var dots = terms[i].IndexOf("...", StringComparison.Ordinal);
            var letters = terms[i].Replace("...", "", StringComparison.Ordinal);
            var extra = dots < 0 ? 0 : inputs[i].Rank - letters.Length;
            if (inputs[i].Rank != letters.Length + extra || extra < 0)
            {
                throw KerasErrors.Invalid($"'{equation}' does not fit a tensor of {inputs[i].Rank} dimensions");
            }

            if (extra > 0)
            {
                hidden = Broadcast(hidden, inputs[i].Shape[dots..(dots + extra)]);
            }

            for (var j = 0; j < letters.Length; j++)
            {
                var length = inputs[i].Shape[dots >= 0 && j >= dots ? j + extra : j];
                lengths[letters[j]] = lengths.TryGetValue(letters[j], out var known) && known >= 0 ? known : length;
            }
        }

        List<long> shape = [];
        for (var j = 0; j < output.Length; j++)
        {
            if (output[j] == '.')
            {
                shape.AddRange(hidden);
                j += 2;
            }
            else
            {
                shape.Add(lengths.TryGetValue(output[j], out var length) ? length : throw KerasErrors.Invalid($"'{equation}' has an output of no input"));
            }
        }

        return Add("Einsum", inputs[0].Type, [.. shape], inputs, OnnxAttribute.Of("equation", equation));
    }
}
