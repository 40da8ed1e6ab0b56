namespace Flama.Cli.Settings;

/// <summary>An argument that is known by its place, not by a name.</summary>
/// <param name="Name">What stands for it on the help page.</param>
/// <param name="Description">What it is, one sentence.</param>
internal sealed record Positional(string Name, string Description)
{
    /// <summary>The variable that can stand in for it; null for none.</summary>
    public string? EnvironmentName { get; init; }

    /// <summary>Whether a command can do without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The model file, which every command about models takes.</summary>
    public static Positional Model { get; } =
        new("MODEL", "The model file: a .flm package or a framework's own file.") { EnvironmentName = "FLAMA_MODEL_PATH" };
}
