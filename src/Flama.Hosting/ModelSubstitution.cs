namespace Flama.Hosting;

/// <summary>What takes the place of an application's model, as in a test.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Make">Makes it.</param>
internal sealed record ModelSubstitution(string Name, Func<LoadedModel> Make)
{
    /// <summary>Finds the one of a name; the last that was added counts.</summary>
    public static ModelSubstitution? Find(IEnumerable<ModelSubstitution> all, string name) =>
        all.LastOrDefault(substitution => string.Equals(substitution.Name, name, StringComparison.Ordinal));
}
