using Flama.Cli.Commands;

namespace Flama.Cli.Completion;

/// <summary>A command as a shell completes it.</summary>
/// <param name="Name">The word; empty for the program itself.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Options">The options.</param>
/// <param name="Words">Words that can stand for an argument.</param>
internal sealed record CompletedCommand(string Name, string Summary, IReadOnlyList<CompletedOption> Options, IReadOnlyList<string> Words)
{
    /// <summary>The program itself, then its commands.</summary>
    public static IReadOnlyList<CompletedCommand> Of(ProgramCommand program) =>
    [
        new("", program.Summary, OptionsOf(program), [.. program.Subcommands.Select(command => command.Name)]),
        .. program.Subcommands.Select(command => new CompletedCommand(command.Name, command.Summary, OptionsOf(command), WordsOf(command))),
    ];

    private static List<CompletedOption> OptionsOf(CliCommand command) =>
    [
        .. command.AllGroups.SelectMany(group => group.Settings).Select(setting => new CompletedOption(
            [.. new[] { setting.Alias, setting.Name, setting.Negation }.OfType<string>()], setting.Description, !setting.IsFlag, setting.Words)),
    ];

    private static IReadOnlyList<string> WordsOf(CliCommand command) => command switch
    {
        CompletionCommand => CompletionCommand.Shells,
        ModelCommand => [ModelInspectCommand.Word, "predict", "predict_proba", "transform", ModelVerifyCommand.Word],
        _ => [],
    };
}
