using System.Diagnostics.CodeAnalysis;

namespace Flama.Hosting;

/// <summary>The models of one application, in the order they were added; disposes them with the application. Thread-safe.</summary>
public sealed class ServedModels : IDisposable
{
    private readonly Lock sync = new();
    private readonly List<ServedModel> models = [];

    /// <summary>The models.</summary>
    public IReadOnlyList<ServedModel> Models
    {
        get
        {
            lock (sync)
            {
                return [.. models];
            }
        }
    }

    /// <summary>Called after a model was added.</summary>
    internal Action<ServedModel>? Added { get; set; }

    /// <summary>A model by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no model of that name; the message lists the names.</exception>
    public ServedModel this[string name] => TryGet(name, out var model)
        ? model
        : throw new KeyNotFoundException(
            Models is { Count: > 0 } all
                ? $"There is no model '{name}'. There are: {string.Join(", ", all.Select(other => other.Name))}."
                : $"There is no model '{name}', and no other. Add models with AddFlama().AddModel(name, path).");

    /// <summary>Finds a model by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ServedModel? model)
    {
        lock (sync)
        {
            model = models.Find(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
            return model is not null;
        }
    }

    /// <summary>Adds a model, which is disposed with this object.</summary>
    /// <exception cref="FlamaException">There is a model of that name (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public void Add(ServedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        lock (sync)
        {
            if (models.Exists(other => string.Equals(other.Name, model.Name, StringComparison.Ordinal)))
            {
                throw new FlamaException(ErrorCodes.InvalidOption, $"There are two models of the name '{model.Name}'.", "Give each model a name of its own.");
            }

            models.Add(model);
        }

        Added?.Invoke(model);
    }

    /// <summary>Loads the models that are not loaded yet, several at the same time.</summary>
    /// <param name="choose">Which to load; null for all.</param>
    /// <exception cref="FlamaException">The first in their order that cannot be loaded; of several models, the message names it.</exception>
    public void Load(Func<ServedModel, bool>? choose = null)
    {
        var chosen = Models.Where(model => !model.IsLoaded && (choose?.Invoke(model) ?? true)).ToArray();
        if (chosen is [var only])
        {
            only.Acquire().Dispose();
            return;
        }

        var failures = new Exception?[chosen.Length];
        Parallel.For(0, chosen.Length, i =>
        {
            try
            {
                chosen[i].Acquire().Dispose();
            }
#pragma warning disable CA1031 // The first failure in the order of the models is thrown below.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failures[i] = failure;
            }
        });
        var first = Array.FindIndex(failures, failure => failure is not null);
        if (first >= 0)
        {
            throw failures[first] is FlamaException failure && chosen[first].Path is { } path
                ? new FlamaException(failure.Code, $"Model '{chosen[first].Name}' ({path}): {failure.Message}", failure.Remedy, failure)
                : failures[first]!;
        }
    }

    /// <summary>Disposes the models; the last one goes first.</summary>
    public void Dispose()
    {
        lock (sync)
        {
            for (var i = models.Count - 1; i >= 0; i--)
            {
                models[i].Dispose();
            }

            models.Clear();
        }
    }
}
