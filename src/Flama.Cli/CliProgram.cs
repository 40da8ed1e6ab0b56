using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Flama.Cli.Commands;
using Flama.Cli.Errors;
using Flama.Cli.Help;
using Flama.Cli.Parsing;
using Flama.Cli.Settings;

namespace Flama.Cli;

/// <summary>The program from arguments to exit code.</summary>
internal static class CliProgram
{
    /// <summary>The version, for example <c>1.2.0</c>.</summary>
    public static string Version { get; } =
        typeof(CliProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">What came after the program's name.</param>
    /// <param name="console">Streams and variables.</param>
    /// <returns>The exit code: 0, 1 when a model or an input failed, 2 for usage.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliConsole console)
    {
        // Until the command line is understood, the wish for details is recognised by its bare name.
        var debug = arguments.Contains(GeneralSettings.Debug.Name, StringComparer.Ordinal);
        try
        {
            ProgramCommand program = new();
            if (arguments is [['[', ..], ..])
            {
                using StreamWriter words = new(console.Output, leaveOpen: true);
                return CommandLineParser.Suggest(program, arguments, words);
            }

            CommandContext context = new(CommandLineParser.Parse(program, arguments), console);
            debug = context.Values.Get(GeneralSettings.Debug);
            if (Answer(program, context) is { } answer)
            {
                console.Output.Write(Encoding.UTF8.GetBytes(answer));
                console.Output.Flush();
                return 0;
            }

            return await context.Line.Command.RunAsync(context);
        }
#pragma warning disable CA1031 // Here everything that can go wrong becomes a message and an exit code.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (BrokenPipe.Caused(failure))
            {
                return BrokenPipe.ExitCode;
            }

            console.Error.Write(FailureText.Of(failure, debug));
            console.Error.Flush();
            return FailureText.ExitCodeOf(failure);
        }
    }

    // The version and the help pages need no command to run. A variable asks for neither.
    private static string? Answer(ProgramCommand program, CommandContext context)
    {
        var (line, command) = (context.Line, context.Line.Command);
        if (line.IsOn(GeneralSettings.Version))
        {
            return $"Flama {Version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})\n";
        }

        return line.IsOn(GeneralSettings.Help) || (command.BareShowsHelp && line.IsBare)
            ? HelpPage.Of(command.HelpTarget(context), command == program ? null : program.Name)
            : null;
    }
}
