namespace Flama.FunctionalTests.Docs;

/// <summary>A fenced block of a document.</summary>
/// <param name="Language">The word behind the fence; empty for none, which is what commands have.</param>
/// <param name="Lines">Its lines as they are.</param>
internal sealed record DocumentBlock(string Language, IReadOnlyList<string> Lines)
{
    /// <summary>Whether it is to be typed at a prompt.</summary>
    public bool IsConsole => Language is "" or "console" or "sh" or "bash";

    /// <summary>Its commands, each on one line.</summary>
    public IEnumerable<string> Commands
    {
        get
        {
            var command = "";
            foreach (var line in Lines.Select(line => line.Trim()).Where(line => line.Length > 0))
            {
                command += line;
                if (command.EndsWith('\\'))
                {
                    command = command[..^1];
                }
                else if (command.EndsWith('|'))
                {
                    command += " ";
                }
                else
                {
                    yield return command;
                    command = "";
                }
            }
        }
    }
}
