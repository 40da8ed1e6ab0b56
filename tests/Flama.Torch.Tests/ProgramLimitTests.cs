using Flama.Torch.Tests.Writing;

namespace Flama.Torch.Tests;

/// <summary>Programs that nest, grow or run without end are refused in time.</summary>
public sealed class ProgramLimitTests
{
    private const int Deep = 100_000;

    public static TheoryData<string, string> Nested() => new()
    {
        { "signs", $"y = {new string('-', Deep)}1" },
        { "lists", $"y = {new string('[', Deep)}{new string(']', Deep)}" },
        { "tuples", $"y = {new string('(', Deep)}1{new string(')', Deep)}" },
        { "dicts", $"y = {Repeat("{1: ", Deep)}1{new string('}', Deep)}" },
        { "calls", $"y = {Repeat("int(", Deep)}1{new string(')', Deep)}" },
        { "callees", $"y = f{Repeat("()", Deep)}" },
        { "members", $"y = self{Repeat(".a", Deep)}" },
        { "items", $"y = x{Repeat("[0]", Deep)}" },
        { "types", $"y = annotate({Repeat("List[", Deep)}int{new string(']', Deep)}, [])" },
        { "annotations", $"y : {Repeat("List[", Deep)}int{new string(']', Deep)} = []" },
        { "branches", string.Join('\n', Enumerable.Range(0, 3_000).Select(level => $"{new string(' ', level)}if True:").Append($"{new string(' ', 3_000)}pass")) },
    };

    public static TheoryData<string, string> Large() => new()
    {
        { "repeated list", "y = torch.mul([1, 2, 3], 9223372036854775807)" },
        { "doubled list", "y = [1]\nfor i in range(64):\n  y = torch.add(y, y)" },
        { "extended list", "y = [1]\nfor i in range(64):\n  _0 = torch.extend(y, y)" },
        { "appended list", "y = annotate(List[int], [])\nfor i in range(2000000):\n  _0 = torch.append(y, i)" },
        { "doubled text", "y = \"a\"\nfor i in range(64):\n  y = torch.add(y, y)" },
        { "joined text", "y = [\"aaaaaaaa\"]\nfor i in range(40):\n  y = [torch.join(\"aaaaaaaaaaaa\", torch.mul(y, 40))]" },
        { "formatted text", "y = \"aaaa\"\nfor i in range(64):\n  y = torch.format(\"{}{}\", y, y)" },
        { "shared lists", "y = [1]\nfor i in range(64):\n  y = [y, y]\nz = torch.format(\"{}\", y)" },
        { "compared lists", "y = [1]\nz = [1]\nfor i in range(64):\n  y = [y, y]\n  z = [z, z]\nw = torch.eq(y, z)" },
        { "nested list", "y = [1]\nfor i in range(200000):\n  y = [y]\nz = torch.format(\"{}\", y)" },
        { "turns", "for i in range(9223372036854775807):\n  pass" },
        { "turns in turns", "for i in range(100000):\n  for j in range(100000):\n    pass" },
        { "without end", "y = True\nwhile y:\n  y = True" },
        { "moved items", "y = torch.mul([0], 1000000)\nfor i in range(100000000):\n  _0 = torch.insert(y, 0, torch.pop(y))" },
        { "constants", "y = torch.linspace(0, 1, 9223372036854775807)" },
        { "triangle", "y = torch.tril_indices(4000000000, 4000000000, 0)" },
        { "pieces", "y = torch.tensor_split(torch.zeros([0]), 9223372036854775807)" },
        { "unfolded", "y = torch.im2col(torch.zeros([1, 1000, 4, 4]), [100000, 100000], [1, 1], [0, 0], [1, 1])" },
        { "lengths", "y = torch.size(x, 0)\nfor i in range(100000):\n  y = torch.floordiv(torch.add(y, 3), 2)" },
    };

    [Theory]
    [MemberData(nameof(Nested))]
    public void Load_OfCodeThatNestsWithoutEnd_Refuses(string what, string code)
    {
        var file = ScriptArchive.OfForward("x: Tensor", $"{code}\nreturn x");

        var failure = Assert.Throws<FlamaException>(() => Run(file));

        Assert.True(failure.Code == ErrorCodes.LimitExceeded || failure.Code == ErrorCodes.Corrupt, $"{what}: {failure.Message}");
    }

    [Theory]
    [MemberData(nameof(Large))]
    public void Predict_OfCodeThatMakesTooMuch_Refuses(string what, string code)
    {
        var file = ScriptArchive.OfForward("x: Tensor", $"{code}\nreturn x");

        var failure = Assert.Throws<FlamaException>(() => Run(file));

        Assert.True(failure.Code == ErrorCodes.LimitExceeded || failure.Code == ErrorCodes.UnsupportedEstimator, $"{what}: {failure.Message}");
    }

    [Fact]
    public void Load_OfValuesThatNestWithoutEnd_Refuses()
    {
        List<object?> value = [];
        for (var i = 0; i < 2_000; i++)
        {
            value = [value];
        }

        var file = ScriptArchive.OfForward("x: Tensor", "return x", KeyValuePair.Create("deep", (object?)value));

        var failure = Assert.Throws<FlamaException>(() => Run(file));

        Assert.Equal(ErrorCodes.LimitExceeded, failure.Code);
    }

    [Fact]
    public void Load_OfListsWithinTheLimits_Answers()
    {
        var file = ScriptArchive.OfForward("x: Tensor", "y = torch.mul([1], 100000)\nreturn torch.add(x, torch.len(y))");

        using var model = TorchModels.Load(file);

        Assert.Equal([100_001f, 100_001f], model.Predict(TorchModels.Ones(2)));
    }

    private static void Run(byte[] file)
    {
        using var model = TorchModels.Load(file);
        model.Predict(TorchModels.Ones(2, 4));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
