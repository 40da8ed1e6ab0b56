namespace Flama;

/// <summary>A loaded model: what it is, what it takes, what it can do.</summary>
/// <remarks>Immutable and thread-safe after load; disposing it is for engines that hold native memory.</remarks>
public abstract class Model : IDisposable
{
    /// <summary>What the package tells about the model, or what the engine found in a bare file.</summary>
    public abstract ModelMetadata Metadata { get; }

    /// <summary>What the model can do, in the order of Python's documentation; may be empty (a clusterer that cannot predict new rows).</summary>
    public abstract IReadOnlyList<ModelMethod> Methods { get; }

    /// <summary>The labels of the columns of <c>predict_proba</c>: one set per output; empty when the model is not a classifier.</summary>
    public virtual IReadOnlyList<LabelSet> Classes => [];

    /// <summary>Things a user should know that did not stop the load, one sentence each (a newer writer than known, an ignored step).</summary>
    public virtual IReadOnlyList<string> Warnings => [];

    /// <summary>Finds a method by its Python name; null when the model does not have it.</summary>
    public ModelMethod? FindMethod(string name)
    {
        foreach (var method in Methods)
        {
            if (string.Equals(method.Name, name, StringComparison.Ordinal))
            {
                return method;
            }
        }

        return null;
    }

    /// <summary>Finds a method by its Python name.</summary>
    /// <exception cref="FlamaException">The model does not have it (<see cref="ErrorCodes.MethodNotAvailable"/>).</exception>
    public ModelMethod GetMethod(string name) => FindMethod(name) ?? throw new FlamaException(
        ErrorCodes.MethodNotAvailable,
        $"{Metadata.ModelClass} has no method '{name}'.",
        Methods.Count == 0 ? "The model has no method for new rows." : $"It has: {string.Join(", ", Methods.Select(method => method.Name))}.");

    /// <summary>Runs <c>predict</c>; see <see cref="ModelMethod.Invoke"/>.</summary>
    /// <exception cref="FlamaException">The model has no <c>predict</c>, or the input is not what it takes.</exception>
    public ModelOutput Predict(ModelInput input, in InvokeOptions options = default) => GetMethod(ModelMethod.Predict).Invoke(input, options);

    /// <summary>Releases what the engine holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the engine holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
