namespace MLNetDebug.Predictions;

/// <summary>Element types of a saved tensor, by the codes libtorch gives them (c10::ScalarType).</summary>
internal enum ElementType
{
    Byte = 0,
    Int8 = 1,
    Int16 = 2,
    Int32 = 3,
    Int64 = 4,
    Float16 = 5,
    Float32 = 6,
    Float64 = 7,
    ComplexFloat32 = 9,
    ComplexFloat64 = 10,
    Bool = 11,
    BFloat16 = 15,
}

/// <summary>What is known of element types.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element; 0 for codes that are none of the known ones.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.Byte or ElementType.Int8 or ElementType.Bool => 1,
        ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Int32 or ElementType.Float32 => 4,
        ElementType.Int64 or ElementType.Float64 or ElementType.ComplexFloat32 => 8,
        ElementType.ComplexFloat64 => 16,
        _ => 0,
    };

    /// <summary>The real type whose values a complex one is made of.</summary>
    public static ElementType RealPart(ElementType type) => type switch
    {
        ElementType.ComplexFloat32 => ElementType.Float32,
        ElementType.ComplexFloat64 => ElementType.Float64,
        _ => type,
    };
}
