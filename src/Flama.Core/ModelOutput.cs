namespace Flama;

/// <summary>What a method answered: one array, a list of arrays or arrays by name. Whoever asked for it disposes it, once.</summary>
/// <remarks>Disposing it disposes its arrays. Any number of threads may read it.</remarks>
public sealed class ModelOutput : IDisposable
{
    private readonly ModelArray first;
    private readonly IReadOnlyList<ModelArray>? all;
    private readonly IReadOnlyList<string>? names;

    private ModelOutput(OutputForm form, ModelArray first, IReadOnlyList<ModelArray>? all, IReadOnlyList<string>? names)
    {
        Form = form;
        this.first = first;
        this.all = all;
        this.names = names;
    }

    /// <summary>How the arrays stand together.</summary>
    public OutputForm Form { get; }

    /// <summary>How many arrays there are, 1 or more.</summary>
    public int Count => all?.Count ?? 1;

    /// <summary>An array by its position.</summary>
    public ModelArray this[int index] => all is not null ? all[index] : index == 0 ? first : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The only array, or the first one.</summary>
    public ModelArray First => first;

    /// <summary>The only array, as rows with numbers, labels or lists of them.</summary>
    /// <exception cref="InvalidOperationException">There are several arrays, or the array is a tensor.</exception>
    public PredictionBatch Batch => all is null && first is PredictionBatch batch
        ? batch
        : throw new InvalidOperationException("The answer is not one batch of rows: read its arrays one by one.");

    /// <summary>The name of an array; null where arrays have no names.</summary>
    public string? NameOf(int index) => names?[index];

    /// <summary>Finds an array by its name; null when there is none of that name.</summary>
    public ModelArray? Find(string name)
    {
        for (var i = 0; i < names?.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return this[i];
            }
        }

        return null;
    }

    /// <summary>Makes an answer of one array.</summary>
    public static ModelOutput Of(ModelArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return new(OutputForm.Single, array, null, null);
    }

    /// <summary>Makes an answer of several arrays in a list, where Python gives a list or tuple of arrays.</summary>
    /// <param name="arrays">One or more.</param>
    public static ModelOutput List(IReadOnlyList<ModelArray> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentOutOfRangeException.ThrowIfZero(arrays.Count);
        return new(OutputForm.List, arrays[0], arrays, null);
    }

    /// <summary>Makes an answer of arrays by name.</summary>
    /// <param name="names">A name per array; all different.</param>
    /// <param name="arrays">One or more.</param>
    public static ModelOutput Named(IReadOnlyList<string> names, IReadOnlyList<ModelArray> arrays)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentOutOfRangeException.ThrowIfZero(arrays.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(names.Count, arrays.Count);
        return new(OutputForm.Named, arrays[0], arrays, names);
    }

    /// <summary>Disposes the arrays.</summary>
    public void Dispose()
    {
        if (all is null)
        {
            first.Dispose();
            return;
        }

        foreach (var array in all)
        {
            array.Dispose();
        }
    }
}
