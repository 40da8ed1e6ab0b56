using System.Text;
using Flama.Boosters.LightGbm;

namespace Flama.Boosters.Tests.LightGbm;

/// <summary>Texts of LightGBM that were cut off, or in which one number was changed to one that cannot stand there.</summary>
public sealed class ContradictionTests
{
    private static readonly string[] Keys =
    [
        "num_leaves", "num_cat", "split_feature", "decision_type", "left_child", "right_child", "cat_boundaries", "cat_threshold", "num_features", "leaf_features",
        "num_class", "num_tree_per_iteration", "max_feature_idx",
    ];

    private static readonly string[] Impossible = ["-77", "1.5", "1099511627776", "x"];

    public static TheoryData<string, string> Models() => BoosterFixtures.Entries("lightgbm", "model.txt");

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_NumberThatCannotBe_IsRefused(string archive, string entry)
    {
        var lines = Encoding.UTF8.GetString(BoosterFixtures.Read(archive, entry)).Split('\n');
        Random random = new(4);
        List<string> wrong = [];

        for (var i = 0; i < lines.Length; i++)
        {
            var (before, parts) = (lines[i], lines[i].Split('='));
            if (parts.Length != 2 || !Keys.Contains(parts[0], StringComparer.Ordinal) || parts[1].Length == 0)
            {
                continue;
            }

            var numbers = parts[1].Split(' ');
            var value = Impossible[random.Next(Impossible.Length)];
            numbers[random.Next(numbers.Length)] = value;
            lines[i] = $"{parts[0]}={string.Join(' ', numbers)}";
            Check(lines, $"line {i}: {parts[0]} with {value}", wrong);
            lines[i] = $"{before} 1";
            Check(lines, $"line {i}: {parts[0]} with one more", wrong);
            lines[i] = before;
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Take(20)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_TextThatIsCutOff_IsRefusedOrAnsweredAsAWhole(string archive, string entry)
    {
        var bytes = BoosterFixtures.Read(archive, entry);
        using var model = Load(bytes);
        var expected = BoosterFixtures.Answer(model);
        var endOfTrees = bytes.AsSpan().IndexOf("\nend of trees"u8) + "\nend of trees".Length;
        // Other writers than Python's end here, and so may a file.
        var endOfParameters = bytes.AsSpan().LastIndexOf("\nend of parameters"u8);
        var pandas = bytes.AsSpan().LastIndexOf("\npandas_categorical"u8);
        List<string> wrong = [];

        for (var length = 0; length < bytes.Length; length += 1 + (bytes.Length / 97))
        {
            if (length > endOfParameters && length <= pandas + "\npandas_categorical:".Length)
            {
                continue;
            }

            try
            {
                using var cut = Load(bytes[..length]);
                if (length < endOfTrees || !BoosterFixtures.Answer(cut).AsSpan().SequenceEqual(expected))
                {
                    wrong.Add($"{length} of {bytes.Length} bytes");
                }
            }
            catch (FlamaException)
            {
                // Refused.
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static void Check(string[] lines, string change, List<string> wrong)
    {
        try
        {
            Load(Encoding.UTF8.GetBytes(string.Join('\n', lines))).Dispose();
            wrong.Add(change);
        }
        catch (FlamaException)
        {
            // Refused.
        }
    }

    private static Model Load(byte[] bytes) =>
        new LightGbmEngine().Load(new("model.txt", ModelFormats.LightGbmText, ModelPayload.FromMemory(bytes)), LoadOptions.Default);
}
