using System.Numerics;
using Flama.Pickle;
using Flama.Pickle.Numpy;
using Flama.Pickle.Pandas;
using Flama.Pickle.Scipy;

namespace Flama.Sklearn;

/// <content>Arrays of an estimator's attributes.</content>
internal sealed partial class EstimatorState
{
    // A gigabyte; a file of a few bytes can claim a sparse matrix of any shape.
    private const long MaxDenseCells = 1L << 27;

    /// <summary>An array of any shape and type.</summary>
    public NdArray Array(string name) => Required(name) as NdArray ?? throw Wrong(name, Value(name), "an array");

    /// <summary>A one-dimensional array of numbers, or a list of them.</summary>
    public double[] Vector(string name) => AsVector(Required(name), name);

    /// <summary>A one-dimensional array of a known length.</summary>
    public double[] Vector(string name, int length)
    {
        var vector = Vector(name);
        return vector.Length == length ? vector : throw Fail($"its attribute '{name}' has {vector.Length} values, expected {length}");
    }

    /// <summary>A scalar or an array that is spread to a length: how <c>intercept_</c> is stored.</summary>
    public double[] Broadcast(string name, int length)
    {
        if (Required(name) is not NdArray { Shape.Count: > 0 } and not List<object?>)
        {
            var vector = new double[length];
            vector.AsSpan().Fill(Number(name));
            return vector;
        }

        var values = Vector(name);
        if (values.Length == 1 && length > 1)
        {
            var vector = new double[length];
            vector.AsSpan().Fill(values[0]);
            return vector;
        }

        return values.Length == length ? values : throw Fail($"its attribute '{name}' has {values.Length} values, expected {length}");
    }

    /// <summary>A two-dimensional array of numbers; a one-dimensional one is a single row.</summary>
    public Matrix Matrix(string name) => AsMatrix(Required(name), name);

    /// <summary>A matrix with a known number of columns.</summary>
    public Matrix Matrix(string name, int columns)
    {
        var matrix = Matrix(name);
        return matrix.Columns == columns
            ? matrix
            : throw Fail($"its attribute '{name}' has shape ({matrix.Rows}, {matrix.Columns}), expected {columns} columns");
    }

    /// <summary>A matrix of a known shape.</summary>
    public Matrix Matrix(string name, int rows, int columns)
    {
        var matrix = Matrix(name);
        return matrix.Rows == rows && matrix.Columns == columns
            ? matrix
            : throw Fail($"its attribute '{name}' has shape ({matrix.Rows}, {matrix.Columns}), expected ({rows}, {columns})");
    }

    /// <summary>A list of matrices, such as the weights of layers.</summary>
    public Matrix[] Matrices(string name) => [.. List(name).Select((item, i) => AsMatrix(item, $"{name}[{i}]"))];

    /// <summary>A list of vectors, such as the intercepts of layers.</summary>
    public double[][] Vectors(string name) => [.. List(name).Select((item, i) => AsVector(item, $"{name}[{i}]"))];

    /// <summary>A sparse matrix of scipy; null when the attribute is something else.</summary>
    public SparseArray? Sparse(string name) => Value(name) is PickleObject instance && SparseArray.TryRead(instance, out var sparse) ? sparse : null;

    /// <summary>Whole numbers within 32 bits.</summary>
    public int[] Integers(string name) => AsIntegers(Required(name), name);

    /// <summary>The labels of a classifier with one output.</summary>
    public LabelSet Labels(string name) => new(AsScalars(Required(name), name));

    /// <summary>The labels of a classifier, one set per output.</summary>
    public LabelSet[] LabelsPerOutput(string name) =>
        Required(name) is List<object?> list && list.Count > 0 && list[0] is NdArray
            ? [.. list.Select((item, i) => new LabelSet(AsScalars(item, $"{name}[{i}]")))]
            : [Labels(name)];

    /// <summary>The numbers of an array or list.</summary>
    public double[] AsVector(object? value, string place) => value switch
    {
        NdArray { Shape.Count: <= 1 } array when array.IsNumeric => array.ToDoubles(),
        NdArray { Shape.Count: 2 } array when array.IsNumeric && (array.Shape[0] == 1 || array.Shape[1] == 1) => array.ToDoubles(),
        NdArray { Type.Kind: DTypeKind.Object, Shape.Count: <= 1 } array => Numbers(array.Items, place),
        List<object?> list => Numbers(list, place),
        PickleTuple tuple => Numbers(tuple.Items, place),
        _ => throw Wrong(place, value, "an array of numbers"),
    };

    /// <summary>The numbers of a two-dimensional array; a one-dimensional one is a single row.</summary>
    public Matrix AsMatrix(object? value, string place) => value switch
    {
        NdArray { Shape.Count: 2 } array when array.IsNumeric => new(array.ToDoubles(), array.Shape[0], array.Shape[1]),
        NdArray { Shape.Count: 1 } array when array.IsNumeric => new(array.ToDoubles(), 1, array.Shape[0]),
        PickleObject instance when SparseArray.TryRead(instance, out var sparse) => Dense(sparse, place),
        _ => throw Wrong(place, value, "a matrix of numbers"),
    };

    /// <summary>Whole numbers within 32 bits.</summary>
    public int[] AsIntegers(object? value, string place) => value switch
    {
        NdArray { Shape.Count: <= 1, Type.Kind: DTypeKind.Integer or DTypeKind.Unsigned or DTypeKind.Boolean } array => array.ToInt32s(),
        _ when ItemsOf(value) is { } items => [.. items.Select(item => item is long and >= int.MinValue and <= int.MaxValue
            ? (int)(long)item
            : throw Wrong(place, item, "an int"))],
        NdArray { Length: 0 } => [],
        _ => throw Wrong(place, value, "an array of ints"),
    };

    /// <summary>Plain values of an array or list: labels, categories.</summary>
    public Scalar[] AsScalars(object? value, string place)
    {
        var items = value switch
        {
            NdArray { Shape.Count: <= 1 } array => array.ToObjects(),
            PickleObject instance when PandasTexts.TryRead(instance, out var texts) => texts.ToObjects(),
            _ => ItemsOf(value) ?? throw Wrong(place, value, "an array"),
        };
        return [.. items.Select(item => AsScalar(item, place))];
    }

    /// <summary>The items of an array, list, tuple or pandas index, as they are.</summary>
    public object?[] Values(string name) => AsValues(Required(name), name);

    /// <summary>The items of an array, list, tuple or pandas index, as they are.</summary>
    public object?[] AsValues(object? value, string place) => value switch
    {
        NdArray { Shape.Count: <= 1 } array => array.ToObjects(),
        PickleObject instance when PandasTexts.TryRead(instance, out var texts) => texts.ToObjects(),
        PickleObject instance when PandasIndex.TryRead(instance, out var labels) => labels.ToObjects(),
        _ when ItemsOf(value) is { } items => [.. items],
        _ => throw Wrong(place, value, "a list"),
    };

    /// <summary>The entries of a dict.</summary>
    public IReadOnlyList<KeyValuePair<object?, object?>> Entries(string name) => Required(name) switch
    {
        PickleDict dict => [.. dict],
        PickleObject { Entries: { } entries } => [.. entries],
        var other => throw Wrong(name, other, "a dict"),
    };

    /// <summary>One plain value.</summary>
    public Scalar AsScalar(object? value, string place) => value switch
    {
        null => Scalar.Null,
        bool flag => Scalar.Of(flag),
        long integer => Scalar.Of(integer),
        BigInteger big when big.Sign > 0 && big <= ulong.MaxValue => Scalar.Of((ulong)big),
        BigInteger big => Scalar.Of((double)big),
        double number => Scalar.Of(number),
        string text => Scalar.Of(text),
        _ => throw Wrong(place, value, "a plain value (bool, int, float or string)"),
    };

    private Matrix Dense(SparseArray sparse, string place) => (long)sparse.Rows * sparse.Columns <= MaxDenseCells
        ? new(sparse.ToDense(), sparse.Rows, sparse.Columns)
        : throw Fail($"its sparse attribute '{place}' has {sparse.Rows} × {sparse.Columns} cells, more than {MaxDenseCells}");

    private double[] Numbers(IReadOnlyList<object?> items, string place) => [.. items.Select(item => item switch
    {
        double number => number,
        long integer => integer,
        bool flag => flag ? 1.0 : 0.0,
        _ => throw Wrong(place, item, "a number"),
    })];
}
