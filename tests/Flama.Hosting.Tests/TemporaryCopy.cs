namespace Flama.Tests;

/// <summary>A model file in a folder of its own, to be replaced.</summary>
internal sealed class TemporaryCopy : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("flama-test-");

    public TemporaryCopy(string source)
    {
        Path = System.IO.Path.Combine(directory.FullName, "model.flm");
        File.Copy(source, Path);
    }

    public string Path { get; }

    public void ReplaceWith(string source)
    {
        var beside = $"{Path}.new";
        File.Copy(source, beside);
        File.Move(beside, Path, overwrite: true);
    }

    public void Dispose() => directory.Delete(recursive: true);
}
