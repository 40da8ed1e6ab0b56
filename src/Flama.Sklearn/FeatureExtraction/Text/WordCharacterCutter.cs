namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Terms are runs of characters within a word that has a blank on either side. A word shorter than n counts once, whole, and not for larger n.</summary>
internal sealed class WordCharacterCutter : TermCutter
{
    public override void Cut(AnalysisScratch scratch, TermSink sink, bool keepsStopWords)
    {
        var text = scratch.Text.Text;
        for (var i = 0; i < text.Length;)
        {
            if (PythonCharacter.IsSpace(text[i]))
            {
                i++;
                continue;
            }

            var end = i;
            while (end < text.Length && !PythonCharacter.IsSpace(text[end]))
            {
                end++;
            }

            scratch.Other.Clear();
            scratch.Other.Add(' ');
            scratch.Other.Add(text[i..end]);
            scratch.Other.Add(' ');
            CutWord(scratch.Other.Text, scratch.Tokens, sink);
            i = end;
        }
    }

    private void CutWord(ReadOnlySpan<char> word, TokenList codePoints, TermSink sink)
    {
        FindCodePoints(word, codePoints);
        for (var n = Shortest; n <= Longest; n++)
        {
            if (n >= codePoints.Count)
            {
                sink.Add(word);
                return;
            }

            AddRuns(word, codePoints, n, sink);
        }
    }
}
