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
