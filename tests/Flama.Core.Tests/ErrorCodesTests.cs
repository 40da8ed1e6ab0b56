using System.Reflection;

namespace Flama.Tests;

public class ErrorCodesTests
{
    [Fact]
    public void All_ListsEveryFieldOnce()
    {
        var fields = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(ErrorCode))
            .Select(field => (ErrorCode)field.GetValue(null)!);

        Assert.Equal(fields, ErrorCodes.All);
        Assert.Equal(ErrorCodes.All.Count, ErrorCodes.All.Select(code => code.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void All_StatusAndExitCode_AreInRange() => Assert.All(ErrorCodes.All, code =>
    {
        Assert.InRange(code.HttpStatus, 400, 599);
        Assert.InRange(code.ExitCode, 1, 2);
        Assert.Matches("^[a-z]+(_[a-z]+)*$", code.Name);
    });

    [Fact]
    public void Reference_ListsEveryCodeAsItIs()
    {
        var page = File.ReadAllText(Fixtures.RepositoryPathOf("docs", "reference", "errors.md"));

        var rows = page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|'));

        Assert.Equal(
            ErrorCodes.All.Select(code => $"`{code.Name}` {code.HttpStatus} {code.ExitCode}"),
            rows.Select(cells => $"{cells[1].Trim()} {cells[2].Trim()} {cells[3].Trim()}"));
    }

    [Fact]
    public void Reference_ListsEveryProblemType()
    {
        var page = File.ReadAllText(Fixtures.RepositoryPathOf("docs", "reference", "errors.md"));

        var types = typeof(Flama.Json.ProblemTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

        Assert.All(types, type => Assert.Contains($"`{type}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, "a")]
    [InlineData(2, "a (and 1 more problem)")]
    [InlineData(12, "a (and 11 more problems)")]
    public void FlamaException_Problems_CountsTheRest(int count, string message)
    {
        var failure = new FlamaException([new InputProblem("t", "a")], count);

        Assert.Equal(message, failure.Message);
        Assert.Equal(count, failure.ProblemCount);
        Assert.Same(ErrorCodes.InvalidInput, failure.Code);
    }
}
