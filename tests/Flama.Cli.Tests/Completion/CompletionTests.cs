using System.Diagnostics;
using Flama.Cli.Commands;
using Flama.Tests;

namespace Flama.Cli.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData("s", "schema|serve|start")]
    [InlineData("--v", "--version")]
    [InlineData("serve --model-", "--model-check-answers|--model-key|--model-name|--model-schema|--model-url|--model-validation")]
    [InlineData("serve m.flm --server-log-format ", "json|text")]
    [InlineData("serve m.flm --server-log-format=j", "json")]
    [InlineData("serve --server-log-format json --server-no-a", "--server-no-access-log")]
    [InlineData("serve --server-ssl-certfile c", "cert.pem")]
    [InlineData("serve --server-port ", "")]
    [InlineData("serve --server-limit-concurrency=", "")]
    [InlineData("serve --app-title c", "")]
    [InlineData("--debug serve --explain", "--explain-config")]
    [InlineData("start f", "flama.json")]
    [InlineData("start w", "with space.yaml")]
    [InlineData("start --create-config ", "full|simple")]
    [InlineData("completion f", "fish")]
    [InlineData("model m.flm pre", "predict|predict_proba")]
    [InlineData("model m.flm predict -f r", "rows.csv")]
    public async Task Bash_WordsSoFar_OffersWhatFits(string words, string expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash.");
        foreach (var name in new[] { "cert.pem", "flama.json", "with space.yaml", "rows.csv" })
        {
            await File.WriteAllTextAsync(directory.PathOf(name), "", TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(directory.PathOf(".script"), await ScriptAsync("bash"), TestContext.Current.CancellationToken);
        var line = $"flama {words}";

        // As bash itself takes the line apart: an equals sign is a word of its own.
        var typed = string.Join(' ', line.Replace("=", " = ", StringComparison.Ordinal).Split(' ').Select(word => $"'{word}'"));
        var output = await RunAsync(
            "/bin/bash",
            $"flama() {{ dotnet exec '{typeof(ProgramCommand).Assembly.Location}' \"$@\"; }}; source ./.script; "
                + $"COMP_LINE='{line}'; COMP_POINT={line.Length}; COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); "
                + "_flama; printf '%s|' \"${COMPREPLY[@]}\"");

        Assert.Equal(expected, output.TrimEnd('|'));
    }

    [Fact]
    public async Task Bash_Script_IsRegistered()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash.");
        await File.WriteAllTextAsync(directory.PathOf(".script"), await ScriptAsync("bash"), TestContext.Current.CancellationToken);

        var output = await RunAsync("/bin/bash", "source ./.script; complete -p flama");

        Assert.Equal("complete -o filenames -F _flama flama\n", output);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public async Task Script_OfEveryShell_AsksTheProgram(string shell)
    {
        Assert.Contains("flama \"[suggest:", await ScriptAsync(shell), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggest_AfterACommand_HasEveryOption()
    {
        foreach (var command in new ProgramCommand().Commands)
        {
            TestConsole console = new();
            var line = $"flama {command.Name} --";

            await console.RunAsync($"[suggest:{line.Length}]", line);

            var words = console.Output.ReplaceLineEndings("\n").Split('\n');
            Assert.All(command.AllSettings.SelectMany(setting => setting.Names).Where(name => name.StartsWith("--", StringComparison.Ordinal)), name => Assert.Contains(name, words));
        }
    }

    [Fact]
    public async Task Completion_UnknownShell_IsUsage()
    {
        TestConsole console = new();

        var exit = await console.RunAsync("completion", "bsh");

        Assert.Equal(2, exit);
        Assert.Equal("Error: SHELL is 'bsh', expected one of bash, zsh, fish, powershell.\nDid you mean bash? See: flama completion --help\n", console.Error);
    }

    public void Dispose() => directory.Dispose();

    private static async Task<string> ScriptAsync(string shell)
    {
        TestConsole console = new();
        Assert.Equal(0, await console.RunAsync("completion", shell));
        return console.Output;
    }

    private async Task<string> RunAsync(string program, string script)
    {
        ProcessStartInfo start = new(program, ["--norc", "-c", script])
        {
            WorkingDirectory = directory.Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
