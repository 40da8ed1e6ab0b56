namespace Flama.Cli.Commands;

/// <summary>One command: how it is called, what the help page says, what it does. One file a command.</summary>
internal abstract class CliCommand : CommandDescription
{
    /// <summary>Whether the command without any argument shows its help page, rather than complain.</summary>
    public virtual bool BareShowsHelp => false;

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="FlamaException">It failed; the exception says why and knows the exit code.</exception>
    public abstract Task<int> RunAsync(CommandContext context);

    /// <summary>What <c>--help</c> shows; this command unless its arguments name another.</summary>
    public virtual CommandDescription HelpTarget(CommandContext context) => this;
}
