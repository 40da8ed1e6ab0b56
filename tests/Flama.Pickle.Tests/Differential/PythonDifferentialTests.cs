using System.Diagnostics;
using System.Globalization;
using Flama.Tests;

namespace Flama.Pickle.Tests.Differential;

/// <summary>Pickles of plain data beside Python's own unpickler: what is accepted here is accepted there, with the same value.</summary>
/// <remarks>Python's side finds no class and no function, so that nothing in a pickle can run.</remarks>
public sealed class PythonDifferentialTests
{
    private const int Pickles = 400;
    private const int MutationsPerPickle = 10;

    private static readonly GlobalTable NoGlobals = new GlobalTableBuilder().Build();

    [Fact]
    public async Task Read_OfDataAndOfMutatedData_GivesTheValueThatPythonGives()
    {
        using var python = Start();
        Assert.SkipWhen(python is null, "There is no python3 on this machine.");
        var random = new Random(7);
        List<string> wrong = [];
        var accepted = 0;
        for (var seed = 0; seed < Pickles; seed++)
        {
            var made = (await AskAsync(python, string.Create(CultureInfo.InvariantCulture, $"make {seed}"))).Split(' ');
            var pickle = Convert.FromBase64String(made[0]);
            if (Text(pickle) is { } text && text != made[1])
            {
                wrong.Add($"seed {seed}: {text}, expected {made[1]}");
            }

            for (var i = 0; i < MutationsPerPickle; i++)
            {
                var mutated = Mutate(pickle, random);
                if (Text(mutated) is not { } ours)
                {
                    continue;
                }

                accepted++;
                var theirs = await AskAsync(python, $"read {Convert.ToBase64String(mutated)}");
                if (theirs != "deep" && theirs != $"ok {ours}")
                {
                    wrong.Add($"{Convert.ToHexString(mutated)}: {ours}, Python says {theirs}");
                }
            }
        }

        python.StandardInput.Close();
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(accepted > 200, $"only {accepted} mutated pickles were accepted");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
    }

    private static string? Text(byte[] pickle)
    {
        try
        {
            return CanonicalText.Of(PickleReader.Read(pickle, globals: NoGlobals));
        }
        catch (PickleException)
        {
            return null;
        }
    }

    private static byte[] Mutate(byte[] pickle, Random random)
    {
        var copy = (byte[])pickle.Clone();
        for (var i = random.Next(3); i >= 0; i--)
        {
            copy[random.Next(copy.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"NIJKLMSTUVXBC]}()tadelsugh.20q\u0085\u0086\u0087\u0088\u0089\u008a\u008c\u0094"[random.Next(35)];
        }

        return copy;
    }

    private static async Task<string> AskAsync(Process python, string question)
    {
        await python.StandardInput.WriteLineAsync(question);
        return await python.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("Python has ended.");
    }

    private static Process? Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("python3", [Fixtures.RepositoryPathOf("tests", "Flama.Pickle.Tests", "Differential", "unpickle.py")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
