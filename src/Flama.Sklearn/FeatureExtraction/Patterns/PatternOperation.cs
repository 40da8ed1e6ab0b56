namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>What one instruction of a <see cref="PatternProgram"/> does.</summary>
internal enum PatternOperation
{
    /// <summary>Takes a code point of the set.</summary>
    One,

    /// <summary>Takes A to B code points of the set, more first.</summary>
    Greedy,

    /// <summary>Takes A to B code points of the set, fewer first.</summary>
    Lazy,

    /// <summary>Takes A to B code points of the set, as many as there are.</summary>
    Possessive,

    /// <summary>Goes on at A; when that fails, at B.</summary>
    Split,

    /// <summary>Goes on at A.</summary>
    Jump,

    /// <summary>Puts the position into register A.</summary>
    Save,

    /// <summary>Goes on at A unless the position is still that of register B.</summary>
    Progress,

    /// <summary>Passes at a place of kind A (flags in B).</summary>
    Place,

    /// <summary>Takes the text of group A once more (flags in B).</summary>
    Reference,

    /// <summary>Passes to A when what follows matches from B code points back.</summary>
    Look,

    /// <summary>Passes to A when what follows does not match from B code points back.</summary>
    LookNot,

    /// <summary>Matches what follows once, then goes on at A.</summary>
    Atomic,

    /// <summary>Goes on at B unless group A has matched.</summary>
    Condition,

    /// <summary>Ends what a look or an atomic group began.</summary>
    End,

    /// <summary>Ends the pattern.</summary>
    Accept,
}
