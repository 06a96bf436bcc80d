//! A PDF that needs a password: the standard handler's first revision (RC4, 40 bits; PDF 1.7, 7.6.3).

/// What a password is filled up with (algorithm 2, step a).
const PAD: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
    0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

const PERMISSIONS: i32 = -4;
const FILE_ID: [u8; 16] = *b"misl-test-file-1";

/// Returns a PDF of one page with one line of text that opens with `password`.
pub(crate) fn pdf(password: &str, line: &str) -> Vec<u8> {
    let padded: Vec<u8> = password.bytes().chain(PAD).take(32).collect();
    let owner = rc4(&md5(&padded)[..5], &padded);
    let mut seed = padded;
    seed.extend_from_slice(&owner);
    seed.extend_from_slice(&PERMISSIONS.to_le_bytes());
    seed.extend_from_slice(&FILE_ID);
    let key = &md5(&seed)[..5];
    let user = rc4(key, &PAD);
    // The key of object 4, generation 0 (algorithm 1).
    let mut of_object = key.to_vec();
    of_object.extend_from_slice(&[4, 0, 0, 0, 0]);
    let content = format!("BT /F1 12 Tf 72 700 Td ({line}) Tj ET");
    let content = rc4(&md5(&of_object)[..10], content.as_bytes());
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    let objects: [Vec<u8>; 6] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
          /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_vec(),
        [
            format!("<< /Length {} >>\nstream\n", content.len()).into_bytes(),
            content,
            b"\nendstream".to_vec(),
        ]
        .concat(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        format!(
            "<< /Filter /Standard /V 1 /R 2 /O <{}> /U <{}> /P {PERMISSIONS} >>",
            hex(&owner),
            hex(&user)
        )
        .into_bytes(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", idx + 1).as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let table = file.len();
    file.extend_from_slice(b"xref\n0 7\n0000000000 65535 f \n");
    for place in places {
        file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let id = hex(&FILE_ID);
    file.extend_from_slice(
        format!(
            "trailer\n<< /Size 7 /Root 1 0 R /Encrypt 6 0 R /ID [<{id}> <{id}>] >>\n\
             startxref\n{table}\n%%EOF\n"
        )
        .as_bytes(),
    );
    file
}

fn rc4(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j = 0_u8;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    let next = |byte: &u8| {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[usize::from(i)]);
        state.swap(usize::from(i), usize::from(j));
        let at = state[usize::from(i)].wrapping_add(state[usize::from(j)]);
        byte ^ state[usize::from(at)]
    };
    bytes.iter().map(next).collect()
}

/// RFC 1321.
fn md5(bytes: &[u8]) -> [u8; 16] {
    const TURNS: [[u32; 4]; 4] =
        [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut message = bytes.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend_from_slice(&(bytes.len() as u64 * 8).to_le_bytes());
    let mut sum = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in message.chunks(64) {
        let word = |at: usize| u32::from_le_bytes(block[at * 4..at * 4 + 4].try_into().unwrap());
        let [mut a, mut b, mut c, mut d] = sum;
        for step in 0..64_u8 {
            let i = usize::from(step);
            let (mixed, at) = match i / 16 {
                0 => ((b & c) | (!b & d), i),
                1 => ((d & b) | (!d & c), (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), 7 * i % 16),
            };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the table of RFC 1321 is made so"
            )]
            let constant = (f64::from(step + 1).sin().abs() * 4_294_967_296.0) as u32;
            let turned = a
                .wrapping_add(mixed)
                .wrapping_add(constant)
                .wrapping_add(word(at))
                .rotate_left(TURNS[i / 16][i % 4]);
            (a, d, c, b) = (d, c, b, b.wrapping_add(turned));
        }
        for (sum, part) in sum.iter_mut().zip([a, b, c, d]) {
            *sum = sum.wrapping_add(part);
        }
    }
    let mut bytes = [0; 16];
    for (to, part) in bytes.chunks_mut(4).zip(sum) {
        to.copy_from_slice(&part.to_le_bytes());
    }
    bytes
}
