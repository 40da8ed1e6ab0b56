using System.Text;
using Flama.Json;

namespace Flama.Tests.Json;

public class FeatureReaderFuzzTests
{
    private const int CasesPerSignature = 4_000;
    private const long AllowedBytes = 4 << 20;

    private static readonly string[] Seeds =
    [
        """{"input":[[0,1],[1,0]]}""",
        """{"input":[0,1]}""",
        """{"input":[{"id":1,"country":"France","age":"42","balance":1e3},{"country":null,"age":null,"balance":-0.5}]}""",
        """{"input":[[7,"Spain",NaN,Infinity],[8,"x\u00e9\n",-Infinity,1e400]],"extra":{"a":[1,{"b":null}]}}""",
        """{"input":["first document","second \ud83d\ude00"]}""",
        """{"input":[["red",1],["blue",2.5]],"input":[["green",1]]}""",
        """[[1,2],[3,4]]""",
        """[{"colour":"red","size":1},{"a":true,"b":false}]""",
    ];

    private static readonly string[] Tokens =
    [
        "[", "]", "{", "}", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "true", "false", "NaN", "Infinity", "-Infinity", "1e999", "-",
        ".", "0", "\n", " ", "\"input\"", "\"age\"", "\uFEFF", "\0", "é", "[[", "]]", "[]", "{}", "99999999999999999999999", "1_0", "//",
    ];

    public static TheoryData<int> SignatureNumbers => [.. Enumerable.Range(0, Signatures.All.Count)];

    [Theory]
    [MemberData(nameof(SignatureNumbers))]
    public void Read_MutatedBodies_GivesBatchOrTypedFailure(int signature)
    {
        var reader = new FeatureReader(Signatures.All[signature]);
        var random = new Random(7_919 * (signature + 1));
        var answered = 0;
        var refused = 0;

        for (var i = 0; i < CasesPerSignature; i++)
        {
            var body = Mutate(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using var batch = i % 2 == 0 ? reader.ReadRequest(body) : reader.ReadRows(body);
                Assert.True(batch.Rows > 0);
                answered++;
            }
            catch (FlamaException failure)
            {
                Assert.Contains(failure.Code, new[] { ErrorCodes.MalformedJson, ErrorCodes.InvalidInput, ErrorCodes.InputTooLarge });
                Assert.InRange(failure.Problems.Count, 0, InputProblem.MaxListed);
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllowedBytes);
        }

        Assert.True(answered > 0 && refused > 0, $"{answered} answered, {refused} refused");
    }

    [Fact]
    public void Read_RandomBytes_GivesBatchOrTypedFailure()
    {
        var random = new Random(104_729);
        var readers = Signatures.All.Select(signature => new FeatureReader(signature)).ToArray();

        for (var i = 0; i < CasesPerSignature; i++)
        {
            var body = new byte[random.Next(0, 24)];
            random.NextBytes(body);

            var failure = Record.Exception(() => readers[i % readers.Length].ReadRows(body).Dispose());

            Assert.True(failure is null or FlamaException, $"{Convert.ToHexString(body)}: {failure}");
        }
    }

    [Fact]
    public void ReadRequest_ManyShortRowsOfWideModel_StaysSmall()
    {
        var wide = new FeatureReader(new TableSpec([.. Enumerable.Range(0, 5_000).Select(_ => new Feature(FeatureKind.Number))]));
        var json = Encoding.UTF8.GetBytes($$"""{"input":[{{string.Join(",", Enumerable.Repeat("[]", 200_000))}}]}""");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Assert.Throws<FlamaException>(() => wide.ReadRequest(json));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(200_000, failure.ProblemCount);
        Assert.InRange(allocated, 0, AllowedBytes);
    }

    [Fact]
    public void ReadRequest_MoreCellsThanAllowed_IsTooLarge()
    {
        var features = Enumerable.Range(0, 100_000).Select(i => new Feature(FeatureKind.Number) { Name = $"f{i}", IsUsed = i == 0 });
        var sparse = new FeatureReader(new TableSpec([.. features]));
        var json = Encoding.UTF8.GetBytes($$"""{"input":[{{string.Join(",", Enumerable.Repeat("""{"f0":1}""", 200))}}]}""");

        var failure = Assert.Throws<FlamaException>(() => sparse.ReadRequest(json));

        Assert.Equal(ErrorCodes.InputTooLarge, failure.Code);
        Assert.Equal("The input has more than 167 rows, and 167 rows of 100000 features are as many as fit.", failure.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReadRows_EveryRowWithItsOwnNames_IsTooLarge(bool record)
    {
        var reader = new FeatureReader(record ? Signatures.Record : TableSpec.Unknown);
        var members = Enumerable.Range(0, 70_000).Select(i => $"\"n{i}\":1");
        var json = record ? string.Join(",", members.Select(member => $"{{{member}}}")) : $"{{{string.Join(",", members)}}}";

        var failure = Assert.Throws<FlamaException>(() => reader.ReadRows(Encoding.UTF8.GetBytes($"[{json}]")));

        Assert.Equal(ErrorCodes.InputTooLarge, failure.Code);
    }

    private static byte[] Mutate(Random random)
    {
        var body = new List<byte>(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]));
        for (var edits = random.Next(0, 5); edits > 0; edits--)
        {
            var at = random.Next(body.Count + 1);
            switch (random.Next(5))
            {
                case 0 when body.Count > 0:
                    body[Math.Min(at, body.Count - 1)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                case 2:
                    body.RemoveRange(at, Math.Min(random.Next(6), body.Count - at));
                    break;
                case 3:
                    var from = random.Next(body.Count + 1);
                    body.InsertRange(at, body.GetRange(from, Math.Min(random.Next(20), body.Count - from)));
                    break;
                case 4 when random.Next(4) == 0:
                    body.RemoveRange(at, body.Count - at);
                    break;
            }
        }

        return [.. body];
    }
}
