namespace Flama.Cli.Errors;

/// <summary>The reader of the output has gone away: the end of the run, and nothing to report.</summary>
internal static class BrokenPipe
{
    /// <summary>What a shell shows for a program that the system ended for this: 128 and the number of the signal.</summary>
    public const int ExitCode = 141;

    // The same number on all systems that have it.
    private const int SystemNumber = 32;

    /// <summary>Whether a failure comes from it.</summary>
    public static bool Caused(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is IOException { HResult: SystemNumber })
            {
                return !OperatingSystem.IsWindows();
            }
        }

        return false;
    }
}
