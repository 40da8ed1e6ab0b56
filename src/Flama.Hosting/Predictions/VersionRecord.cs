using System.Collections.Concurrent;

namespace Flama.Hosting.Predictions;

/// <summary>What was asked of one version of a model. Thread-safe.</summary>
/// <param name="loaded">The version.</param>
internal sealed class VersionRecord(LoadedModel loaded)
{
    // Codes are of a fixed set; this holds whoever adds to it.
    private const int MaxCodes = 64;

    private readonly MethodRecord?[] methods = new MethodRecord[loaded.Model.Methods.Count];
    private readonly ConcurrentDictionary<string, long> errors = new(StringComparer.Ordinal);

    public string Id { get; } = loaded.Identity.Id;

    public string Version { get; } = loaded.Identity.Version;

    /// <summary>SHA-256 of the file; null for what is not one file.</summary>
    public string? Digest { get; } = loaded.Digest;

    /// <summary>The methods that were asked.</summary>
    public IEnumerable<MethodRecord> Methods => methods.OfType<MethodRecord>();

    /// <summary>How many requests failed, by error code.</summary>
    public IReadOnlyDictionary<string, long> Errors => errors;

    /// <summary>Whether a model is this version, perhaps loaded once more.</summary>
    public bool Is(LoadedModel other) =>
        Id == other.Identity.Id && Version == other.Identity.Version && Digest == other.Digest && methods.Length == other.Model.Methods.Count;

    /// <summary>The record of a method.</summary>
    /// <param name="model">The model of this version.</param>
    /// <param name="method">One of its methods.</param>
    public MethodRecord Of(Model model, ModelMethod method)
    {
        var index = 0;
        while (index < methods.Length - 1 && !ReferenceEquals(model.Methods[index], method))
        {
            index++;
        }

        ref var own = ref methods[index];
        return Volatile.Read(ref own) ?? Interlocked.CompareExchange(ref own, new MethodRecord(method), null) ?? own;
    }

    /// <summary>Counts an error.</summary>
    public void AddError(string code)
    {
        if (errors.Count < MaxCodes || errors.ContainsKey(code))
        {
            errors.AddOrUpdate(code, 1, static (_, count) => count + 1);
        }
    }
}
