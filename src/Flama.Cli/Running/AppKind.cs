namespace Flama.Cli.Running;

/// <summary>What an application is before it runs.</summary>
internal enum AppKind
{
    /// <summary>A project.</summary>
    Project,

    /// <summary>A single source file.</summary>
    Source,

    /// <summary>A built assembly.</summary>
    Assembly,
}
