namespace Flama.Tests;

/// <summary>A directory that goes away with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("flama-test-");

    public string Root => directory.FullName;

    public string PathOf(string name) => Path.Combine(directory.FullName, name);

    public IEnumerable<string> Names() => directory.EnumerateFileSystemInfos().Select(info => info.Name).Order(StringComparer.Ordinal);

    public void Dispose() => directory.Delete(recursive: true);
}
