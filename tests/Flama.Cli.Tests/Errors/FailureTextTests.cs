using Flama.Cli.Errors;

namespace Flama.Cli.Tests.Errors;

public sealed class FailureTextTests
{
    [Fact]
    public void Of_KnownFailure_IsMessageAndRemedy()
    {
        FlamaException failure = new(ErrorCodes.NotAModel, "'x' is not a model.", "Choose another.");

        var text = FailureText.Of(failure, debug: false);

        Assert.Equal("Error: 'x' is not a model.\nChoose another.\n", text.ReplaceLineEndings("\n"));
        Assert.Equal(1, FailureText.ExitCodeOf(failure));
    }

    [Fact]
    public void Of_UnknownFailure_PointsToDebug()
    {
        InvalidOperationException failure = new("no way");

        var text = FailureText.Of(failure, debug: false);

        Assert.Equal(
            "Error: Something went wrong that should not (InvalidOperationException): no way\n"
            + "Run the same command with --debug for the details, and report them.\n",
            text.ReplaceLineEndings("\n"));
        Assert.Equal(1, FailureText.ExitCodeOf(failure));
    }

    [Fact]
    public void Of_Debug_ShowsTheException()
    {
        FlamaException failure = new(ErrorCodes.NotAModel, "'x' is not a model.", innerException: new IOException("inner"));

        var text = FailureText.Of(failure, debug: true);

        Assert.Contains("System.IO.IOException: inner", text, StringComparison.Ordinal);
    }
}
