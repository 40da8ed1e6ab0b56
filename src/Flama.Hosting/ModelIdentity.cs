namespace Flama.Hosting;

/// <summary>What names a model in headers and logs: printable ASCII, whatever the package has.</summary>
/// <param name="Id">The id.</param>
/// <param name="Version">The version.</param>
internal sealed record ModelIdentity(string Id, string Version)
{
    private const int MaxLength = 200;

    /// <summary>Reads them from a model.</summary>
    public static ModelIdentity Of(ModelMetadata metadata) => new(Plain(metadata.Id), Plain(metadata.Version));

    private static string Plain(string text) =>
        string.Concat(text.Take(MaxLength).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')).Trim();
}
