using System.Text;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Tests.Numerics;

public sealed class MurmurHash3Tests
{
    // sklearn.utils.murmurhash3_32(text, seed=0)
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1009084850)]
    [InlineData("ab", -1681926305)]
    [InlineData("abc", -1277324294)]
    [InlineData("abcd", 1139631978)]
    [InlineData("abcde", -392455434)]
    [InlineData("日本", -992347838)]
    [InlineData("the quick brown fox", 519850996)]
    public void Hash_Text_IsScikitLearns(string text, int expected) => Assert.Equal(expected, MurmurHash3.Hash(Encoding.UTF8.GetBytes(text)));
}
