using Flama.Sklearn;

namespace Flama.Cli.Models;

/// <summary>The engines that the command line has.</summary>
internal static class InstalledEngines
{
    /// <summary>Adds them all to a table.</summary>
    public static ModelEngines AddTo(ModelEngines engines) => engines.AddSklearn();
}
