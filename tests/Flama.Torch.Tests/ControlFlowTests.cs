using Flama.Torch.Tests.Writing;

namespace Flama.Torch.Tests;

/// <summary>Branches and loops that what tensors hold decides: answered as the code says, or refused.</summary>
public sealed class ControlFlowTests
{
    private const string IsLarge = "bool(torch.gt(torch.sum(x), 10))";
    private const string IsSmall = "bool(torch.lt(torch.sum(x), -10))";

    public static TheoryData<string, string> Refused() => new()
    {
        { "a raise within a branch", $"if {IsLarge}:\n  if {IsSmall}:\n    ops.prim.RaiseException(\"no\", \"builtins.ValueError\")\n  else:\n    pass\nelse:\n  pass\nreturn x" },
        { "a raise within the other branch", $"if {IsLarge}:\n  y = x\nelse:\n  if {IsSmall}:\n    ops.prim.RaiseException(\"no\", \"builtins.ValueError\")\n  else:\n    pass\n  y = x\nreturn y" },
        { "a raise within a loop", $"y = x\nfor i in range(int(torch.sum(x))):\n  if {IsLarge}:\n    ops.prim.RaiseException(\"no\", \"builtins.ValueError\")\n  else:\n    pass\n  y = torch.add(y, 1)\nreturn y" },
        { "a loop that always raises", "for i in range(int(torch.sum(x))):\n  ops.prim.RaiseException(\"no\", \"builtins.ValueError\")\nreturn x" },
        { "a return within a branch", $"if {IsLarge}:\n  return torch.neg(x)\nelse:\n  pass\nreturn x" },
        { "a tuple that a loop changes", "y = (x, x)\nfor i in range(int(torch.sum(x))):\n  a, b, = y\n  y = (torch.add(a, 1), b)\nc, d, = y\nreturn c" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Predict_OfCodeThatCannotBeANode_RefusesAndTellsWhere(string what, string code)
    {
        var file = ScriptArchive.OfForward("x: Tensor", code);

        var failure = Assert.Throws<FlamaException>(() =>
        {
            using var model = TorchModels.Load(file);
            model.Predict(TorchModels.Ones(2));
        });

        Assert.True(failure.Code == ErrorCodes.UnsupportedEstimator, $"{what}: {failure.Message}");
        Assert.Contains("net.py, line ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1f, null)]
    [InlineData(20f, "too large")]
    [InlineData(-20f, "too small")]
    public void Predict_OfRaisesOneAfterTheOther_ChecksEach(float value, string? expected)
    {
        var code = $"if {IsLarge}:\n  ops.prim.RaiseException(\"too large\", \"builtins.ValueError\")\nelse:\n  if {IsSmall}:\n    ops.prim.RaiseException(\"too small\", \"builtins.ValueError\")\n  else:\n    pass\nreturn torch.mul(x, 2)";
        using var model = TorchModels.Load(ScriptArchive.OfForward("x: Tensor", code));

        if (expected is null)
        {
            Assert.Equal([2 * value], model.Predict(ModelTensor.Of<float>([value], 1)));
        }
        else
        {
            Assert.Contains(expected, Assert.Throws<FlamaException>(() => model.Predict(ModelTensor.Of<float>([value], 1))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Predict_OfACalleeThatComputes_ComputesItOnce()
    {
        // The method of what a call gives: were it called twice, two items would be taken.
        var code = "xs = [x, torch.mul(x, 2), torch.mul(x, 3)]\nys = [torch]\ny = torch.pop(ys).add(torch.pop(xs), torch.len(xs))\nreturn y";
        using var model = TorchModels.Load(ScriptArchive.OfForward("x: Tensor", code));

        Assert.Equal([5f], model.Predict(ModelTensor.Of<float>([1], 1)));
    }

    [Fact]
    public void Predict_OfALoopWhoseConditionChangesSomething_EvaluatesItOnce()
    {
        var code = "xs = [torch.sum(x), torch.neg(torch.sum(x))]\ny = x\nwhile bool(torch.gt(torch.pop(xs), 0)):\n  y = torch.add(y, 100)\nreturn torch.add(y, torch.len(xs))";

        using var model = TorchModels.Load(ScriptArchive.OfForward("x: Tensor", code));
        var failure = Record.Exception(() => model.Predict(ModelTensor.Of<float>([1], 1)));

        // The list is of outside of the loop, so that the body cannot change it; the first turn is not where it fails.
        Assert.IsType<FlamaException>(failure);
        Assert.Contains("in place", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eq", true)]
    [InlineData("ne", false)]
    public void Predict_OfEqualLists_ComparesTheirItems(string comparison, bool expected)
    {
        var code = $"if torch.{comparison}([1, 2], [1, 2]):\n  y = torch.add(x, 1)\nelse:\n  y = x\nreturn y";
        using var model = TorchModels.Load(ScriptArchive.OfForward("x: Tensor", code));

        Assert.Equal([expected ? 2f : 1f], model.Predict(ModelTensor.Of<float>([1], 1)));
    }
}
