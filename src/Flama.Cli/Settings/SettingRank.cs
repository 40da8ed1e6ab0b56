namespace Flama.Cli.Settings;

/// <summary>The sources of a value; the first that sets it wins.</summary>
internal enum SettingRank
{
    /// <summary>An option or an argument of the command line.</summary>
    CommandLine,

    /// <summary>A variable of the process.</summary>
    Environment,

    /// <summary>A variable in a file of variables.</summary>
    EnvironmentFile,

    /// <summary>A key of the configuration file.</summary>
    ConfigurationFile,

    /// <summary>Nothing sets it.</summary>
    Default,
}
