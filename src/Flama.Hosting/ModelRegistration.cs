namespace Flama.Hosting;

/// <summary>A model of an application, by its code or its configuration, with its options.</summary>
internal sealed record ModelRegistration(string Name, string Path, ServedModelOptions Options)
{
    /// <summary>Where its file is.</summary>
    public string Path { get; } = ProgramFolder.Find(Path);
}
