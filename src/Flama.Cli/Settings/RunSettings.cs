namespace Flama.Cli.Settings;

/// <summary>The settings of <c>flama run</c> beside those of the server.</summary>
internal static class RunSettings
{
    /// <summary>The application.</summary>
    public static readonly Positional App =
        new("APP", "The application: a project folder, a .csproj, a single .cs file or a built .dll.") { EnvironmentName = "FLAMA_APP" };

    /// <summary>Where the application is looked for.</summary>
    public static readonly Setting<string?> AppDir = SettingKinds.OptionalText(
        "--server-app-dir", "PATH", "For 'flama run': the folder in which APP is looked for and runs.");
}
