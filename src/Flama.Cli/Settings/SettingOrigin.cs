namespace Flama.Cli.Settings;

/// <summary>Where a value came from.</summary>
/// <param name="Rank">The kind of source.</param>
/// <param name="Label">What the user called it there: the option, the variable or the key.</param>
/// <param name="File">The file it is in; null for the command line and the environment.</param>
/// <param name="Line">The line of the file, from 1; 0 where lines are not counted.</param>
internal sealed record SettingOrigin(SettingRank Rank, string Label, string? File = null, int Line = 0)
{
    /// <summary>Nothing sets it.</summary>
    public static SettingOrigin Default { get; } = new(SettingRank.Default, "default");

    /// <summary>The origin for a message about the value: <c>server.port (line 3 of 'flama.json')</c>.</summary>
    public string InMessage => File is null ? Label : Line > 0 ? $"{Label} (line {Line} of '{File}')" : $"{Label} (in '{File}')";

    /// <summary>The origin in the table of effective values.</summary>
    public string InTable => Rank switch
    {
        SettingRank.CommandLine => File is null ? $"command line {Label}" : $"command line, file {File}",
        SettingRank.Environment => File is null ? $"environment {Label}" : $"environment, file {File}",
        SettingRank.EnvironmentFile => $"env file {File} {Label}",
        SettingRank.ConfigurationFile => $"config file {File} {Label}",
        _ => "default",
    };
}
