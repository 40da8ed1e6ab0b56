using System.Text;

namespace Flama.Cli.Errors;

/// <summary>What a failure looks like on a terminal: one line that says what, one that says what to do.</summary>
internal static class FailureText
{
    private const int LongestLine = 1000;

    /// <summary>The lines of a failure.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="debug">Whether the whole exception follows.</param>
    public static string Of(Exception failure, bool debug)
    {
        StringBuilder text = new();
        if (failure is FlamaException known)
        {
            text.Append("Error: ").AppendLine(OneLine(known.Message));
            if (known.Remedy is { Length: > 0 } remedy)
            {
                text.AppendLine(OneLine(remedy));
            }
        }
        else
        {
            text.Append("Error: Something went wrong that should not (").Append(failure.GetType().Name).Append("): ")
                .AppendLine(OneLine(failure.Message));
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

    /// <summary>The lines behind what a compiler had to say.</summary>
    public static string NotBuilt(string application) =>
        $"Error: '{OneLine(application)}' could not be built.{Environment.NewLine}What is wrong stands above.{Environment.NewLine}";

    /// <summary>The exit code of a failure.</summary>
    public static int ExitCodeOf(Exception failure) => (failure as FlamaException)?.Code.ExitCode ?? ErrorCodes.Internal.ExitCode;

    /// <summary>One line of text: what a file or a request brings must not move a terminal's cursor or forge lines.</summary>
    public static string OneLine(string text)
    {
        StringBuilder line = new(Math.Min(text.Length, LongestLine) + 1);
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, LongestLine)))
        {
            line.Append(character switch
            {
                '\n' or '\r' or '\t' => ' ',
                _ when char.IsControl(character) => '\uFFFD',
                _ => character,
            });
        }

        return text.Length > LongestLine ? line.Append('…').ToString() : line.ToString();
    }
}
