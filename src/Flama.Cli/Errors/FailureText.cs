using System.Text;

namespace Flama.Cli.Errors;

/// <summary>What a failure looks like on a terminal: one line about what failed, one about what to do.</summary>
internal static class FailureText
{
    /// <summary>The lines of a failure.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="debug">Whether the whole exception follows.</param>
    public static string Of(Exception failure, bool debug)
    {
        StringBuilder text = new();
        if (failure is FlamaException known)
        {
            text.Append("Error: ").AppendLine(SafeText.OneLine(known.Message));
            if (known.Remedy is { Length: > 0 } remedy)
            {
                text.AppendLine(SafeText.OneLine(remedy));
            }
        }
        else
        {
            text.Append("Error: Something went wrong that should not (").Append(failure.GetType().Name).Append("): ")
                .AppendLine(SafeText.OneLine(failure.Message));
            if (!debug)
            {
                text.AppendLine("Run the same command with --debug for the details, and report them.");
            }
        }

        if (debug)
        {
            text.AppendLine().AppendLine(failure.ToString());
        }

        return text.ToString();
    }

    /// <summary>The lines after the output of a compiler.</summary>
    public static string NotBuilt(string application) =>
        $"Error: '{SafeText.OneLine(application)}' could not be built.{Environment.NewLine}The errors are above.{Environment.NewLine}";

    /// <summary>The exit code of a failure.</summary>
    public static int ExitCodeOf(Exception failure) => (failure as FlamaException)?.Code.ExitCode ?? ErrorCodes.Internal.ExitCode;
}
