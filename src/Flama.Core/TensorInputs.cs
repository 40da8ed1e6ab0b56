namespace Flama;

/// <summary>The arrays that a tensor method computes with, by name. Disposing it disposes them.</summary>
/// <remarks>Nearly all methods take tensors; some of ONNX take sequences and maps too. Any number of threads may read it.</remarks>
public sealed class TensorInputs : ModelInput
{
    private readonly string[] names;
    private readonly ModelArray[] arrays;

    /// <summary>Makes the inputs, which own the tensors from here on.</summary>
    /// <param name="tensors">The tensors by name, in any order; none for a method that takes none, or only optional ones.</param>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public TensorInputs(params IReadOnlyCollection<KeyValuePair<string, ModelTensor>> tensors)
        : this([.. (tensors ?? throw new ArgumentNullException(nameof(tensors))).Select(tensor => tensor.Key)], [.. tensors.Select(tensor => tensor.Value)])
    {
    }

    private TensorInputs(string[] names, ModelArray[] arrays)
    {
        this.names = names;
        this.arrays = arrays;
        for (var i = 1; i < names.Length; i++)
        {
            if (Array.IndexOf(names, names[i], 0, i) >= 0)
            {
                throw new ArgumentException("Two tensors have the same name.", nameof(names));
            }
        }
    }

    /// <summary>How many arrays there are.</summary>
    public int Count => arrays.Length;

    /// <summary>The names of the arrays.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The arrays in the order of their names: tensors, sequences, maps.</summary>
    public IReadOnlyList<ModelArray> Arrays => arrays;

    /// <summary>How many elements all arrays have together.</summary>
    public long ElementCount
    {
        get
        {
            var count = 0L;
            foreach (var array in arrays)
            {
                count += CountOf(array);
            }

            return count;
        }
    }

    /// <summary>A tensor by its position.</summary>
    /// <exception cref="InvalidOperationException">The array there is a sequence or a map.</exception>
    public ModelTensor this[int index] => arrays[index] as ModelTensor ?? throw new InvalidOperationException($"'{names[index]}' is not one tensor.");

    /// <summary>A tensor by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    public ModelTensor this[string name] => Find(name) ?? throw new KeyNotFoundException($"There is no tensor '{name}' among {string.Join(", ", names)}.");

    /// <summary>The first dimension of the first array; 1 for a single value, and for none.</summary>
    public override int Rows => arrays.Length > 0 && arrays[0].Shape is [var rows, ..] ? (int)Math.Min(rows, int.MaxValue) : 1;

    /// <summary>Makes inputs with sequences and maps among them, which own the arrays from here on.</summary>
    /// <param name="arrays">The arrays by name, in any order.</param>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public static TensorInputs OfArrays(params IReadOnlyCollection<KeyValuePair<string, ModelArray>> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        return new([.. arrays.Select(array => array.Key)], [.. arrays.Select(array => array.Value)]);
    }

    /// <summary>Finds a tensor by its name; null when there is none.</summary>
    public ModelTensor? Find(string name) => FindArray(name) as ModelTensor;

    /// <summary>Finds an array by its name; null when there is none.</summary>
    public ModelArray? FindArray(string name)
    {
        var index = Array.IndexOf(names, name);
        return index < 0 ? null : arrays[index];
    }

    private static long CountOf(ModelArray array) => array switch
    {
        ModelTensor tensor => tensor.Count,
        ModelSequence sequence => sequence.Items.Sum(CountOf),
        ModelMap map => map.Keys.Count,
        _ => 0,
    };

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var array in arrays)
        {
            array.Dispose();
        }
    }
}
