namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Terms are runs of characters, also across words. White space of two or more characters counts as one blank.</summary>
internal sealed class CharacterCutter : TermCutter
{
    public override void Cut(AnalysisScratch scratch, TermSink sink, bool keepsStopWords)
    {
        scratch.Other.Clear();
        AppendWithSingleBlanks(scratch.Text.Text, scratch.Other);
        var text = scratch.Other.Text;
        FindCodePoints(text, scratch.Tokens);
        for (var n = Shortest; n <= Math.Min(Longest, scratch.Tokens.Count); n++)
        {
            AddRuns(text, scratch.Tokens, n, sink);
        }
    }

    // A single tab or line end stays what it is.
    private static void AppendWithSingleBlanks(ReadOnlySpan<char> text, TextBuffer buffer)
    {
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && PythonCharacter.IsSpace(text[end]))
            {
                end++;
            }

            buffer.Add(end - i > 1 ? ' ' : text[i]);
            i = Math.Max(end, i + 1);
        }
    }
}
